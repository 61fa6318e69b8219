using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Benchmarks.StageChanges;

/// <summary>Statements of one round trip with their columns as arrays.</summary>
internal sealed class Rows(NpgsqlBatch batch)
{
    private NpgsqlBatchCommand current = null!;

    public Rows Add(string sql)
    {
        batch.BatchCommands.Add(current = new(sql));
        return this;
    }

    public Rows Longs(long[] values) => With(values, NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public Rows Longs<T>(IReadOnlyList<T> rows, Func<T, long> value) => Longs([.. rows.Select(value)]);

    public Rows Texts<T>(IReadOnlyList<T> rows, Func<T, string> value) => With<string[]>([.. rows.Select(value)], NpgsqlDbType.Array | NpgsqlDbType.Text);

    public Rows Jsons(string[] values) => With(values, NpgsqlDbType.Array | NpgsqlDbType.Jsonb);

    public Rows Jsons<T>(IReadOnlyList<T> rows, Func<T, string> value) => Jsons([.. rows.Select(value)]);

    public Rows Time(DateTime value) => With(value, NpgsqlDbType.TimestampTz);

    public Rows Id(Guid value) => With(value, NpgsqlDbType.Uuid);

    public Rows Number(int value) => With(value, NpgsqlDbType.Integer);

    public Rows Text(string value) => With(value, NpgsqlDbType.Text);

    private Rows With<T>(T value, NpgsqlDbType type)
    {
        current.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return this;
    }
}
