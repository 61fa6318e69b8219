using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Import;

/// <summary>Rows for one table by binary COPY. Values are collected per row and sent when the row is whole.</summary>
internal sealed class CopyTable
{
    private readonly List<(object? Value, NpgsqlDbType Type)> cells = new(32);

    public static async Task WriteAsync<T>(NpgsqlConnection connection, string target, IReadOnlyCollection<T> rows, Func<CopyTable, T, CopyTable> fill, CancellationToken ct)
    {
        if (rows.Count == 0) return;

        await using var copy = await connection.BeginBinaryImportAsync($"copy {target} from stdin (format binary)", ct);
        var table = new CopyTable();
        foreach (var row in rows)
        {
            fill(table, row);
            await table.SendAsync(copy, ct);
        }

        await copy.CompleteAsync(ct);
    }

    public CopyTable Int(int? value) => Add(value, NpgsqlDbType.Integer);

    public CopyTable Short(short value) => Add(value, NpgsqlDbType.Smallint);

    public CopyTable Long(long? value) => Add(value, NpgsqlDbType.Bigint);

    public CopyTable Text(string? value) => Add(value, NpgsqlDbType.Text);

    public CopyTable Texts(IReadOnlyList<string> values) => Add(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

    public CopyTable Letter(char? value) => Add(value, NpgsqlDbType.InternalChar);

    public CopyTable Flag(bool value) => Add(value, NpgsqlDbType.Boolean);

    public CopyTable Uuid(Guid value) => Add(value, NpgsqlDbType.Uuid);

    public CopyTable Number(decimal? value) => Add(value, NpgsqlDbType.Numeric);

    public CopyTable Day(DateOnly? value) => Add(value, NpgsqlDbType.Date);

    public CopyTable Time(DateTimeOffset? value) => Add(value?.UtcDateTime, NpgsqlDbType.TimestampTz);

    public CopyTable Json(string value) => Add(value, NpgsqlDbType.Jsonb);

    private CopyTable Add(object? value, NpgsqlDbType type)
    {
        cells.Add((value, type));
        return this;
    }

    private async Task SendAsync(NpgsqlBinaryImporter copy, CancellationToken ct)
    {
        await copy.StartRowAsync(ct);
        foreach (var (value, type) in cells)
        {
            if (value is null) await copy.WriteNullAsync(ct);
            else await copy.WriteAsync(value, type, ct);
        }

        cells.Clear();
    }
}
