using AutomationCrm.Application.Files;
using AutomationCrm.Infrastructure.Files;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>Collects statements for one round trip. Texts are constants, so that they are prepared once per connection.</summary>
internal sealed class BatchBuilder(NpgsqlBatch batch)
{
    public bool IsEmpty => batch.BatchCommands.Count == 0;

    public Statement Add(string sql) => Add(sql, single: false);

    /// <param name="rows">How many rows each of its columns gets.</param>
    public Statement Add(RowStatement statement, int rows) => Add(statement.For(rows), single: rows == 1);

    private Statement Add(string sql, bool single)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return new(command, single);
    }

    /// <summary>A statement's parameters in their order. A column is an array, or the one value of a <see cref="RowStatement"/> with a single row.</summary>
    internal readonly struct Statement(NpgsqlBatchCommand command, bool single)
    {
        public Statement With<T>(T value, NpgsqlDbType type)
        {
            command.Parameters.Add(value is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type } : new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
            return this;
        }

        public void File(NewFile file) => FileStatements.Fill(command.Parameters, file);

        public Statement Longs(IEnumerable<long> values) => Column(values, NpgsqlDbType.Bigint);

        public Statement MaybeLongs(IEnumerable<long?> values) => MaybeColumn(values, NpgsqlDbType.Bigint);

        public Statement Ints(IEnumerable<int> values) => Column(values, NpgsqlDbType.Integer);

        public Statement MaybeInts(IEnumerable<int?> values) => MaybeColumn(values, NpgsqlDbType.Integer);

        public Statement Shorts(IEnumerable<short> values) => Column(values, NpgsqlDbType.Smallint);

        public Statement Texts(IEnumerable<string?> values) => Column(values, NpgsqlDbType.Text);

        public Statement Jsons(IEnumerable<string?> values) => Column(values, NpgsqlDbType.Jsonb);

        public Statement Flags(IEnumerable<bool> values) => Column(values, NpgsqlDbType.Boolean);

        public Statement Uuids(IEnumerable<Guid> values) => Column(values, NpgsqlDbType.Uuid);

        public Statement MaybeUuids(IEnumerable<Guid?> values) => MaybeColumn(values, NpgsqlDbType.Uuid);

        public Statement Times(IEnumerable<DateTimeOffset> values) => Column(values.Select(v => v.UtcDateTime), NpgsqlDbType.TimestampTz);

        public Statement MaybeTimes(IEnumerable<DateTimeOffset?> values) => MaybeColumn(values.Select(v => v?.UtcDateTime), NpgsqlDbType.TimestampTz);

        public Statement Days(IEnumerable<DateOnly?> values) => MaybeColumn(values, NpgsqlDbType.Date);

        public Statement Numbers(IEnumerable<decimal?> values) => MaybeColumn(values, NpgsqlDbType.Numeric);

        private Statement Column<T>(IEnumerable<T> values, NpgsqlDbType type) => single ? With(values.Single(), type) : With(values.ToArray(), NpgsqlDbType.Array | type);

        private Statement MaybeColumn<T>(IEnumerable<T?> values, NpgsqlDbType type)
            where T : struct
        {
            if (!single) return With(values.ToArray(), NpgsqlDbType.Array | type);
            return values.Single() is { } value ? With(value, type) : With<string?>(null, type);
        }
    }
}
