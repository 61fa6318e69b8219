using AutomationCrm.Application.Files;
using AutomationCrm.Infrastructure.Files;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>Collects statements for one round trip. Texts are constants, so that they are prepared once per connection.</summary>
internal sealed class BatchBuilder(NpgsqlBatch batch)
{
    public bool IsEmpty => batch.BatchCommands.Count == 0;

    public Statement Add(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return new(command);
    }

    internal readonly struct Statement(NpgsqlBatchCommand command)
    {
        public Statement With<T>(T value, NpgsqlDbType type)
        {
            command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
            return this;
        }

        public void File(NewFile file) => FileStatements.Fill(command.Parameters, file);

        public Statement Longs(IEnumerable<long> values) => With(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);

        public Statement MaybeLongs(IEnumerable<long?> values) => With(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);

        public Statement Ints(IEnumerable<int> values) => With(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer);

        public Statement MaybeInts(IEnumerable<int?> values) => With(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer);

        public Statement Shorts(IEnumerable<short> values) => With(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Smallint);

        public Statement Texts(IEnumerable<string?> values) => With(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

        public Statement Jsons(IEnumerable<string?> values) => With(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Jsonb);

        public Statement Flags(IEnumerable<bool> values) => With(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Boolean);

        public Statement Uuids(IEnumerable<Guid> values) => With(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);

        public Statement MaybeUuids(IEnumerable<Guid?> values) => With(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);

        public Statement Times(IEnumerable<DateTimeOffset> values) => With(values.Select(v => v.UtcDateTime).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);

        public Statement MaybeTimes(IEnumerable<DateTimeOffset?> values) => With(values.Select(v => v?.UtcDateTime).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);

        public Statement Days(IEnumerable<DateOnly?> values) => With(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Date);

        public Statement Numbers(IEnumerable<decimal?> values) => With(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Numeric);
    }
}
