using System.Collections.Concurrent;
using System.Globalization;
using AutomationCrm.Application.Data;
using Npgsql;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>Row ids come in blocks, one question for 256 of them; ids of items are asked for one by one so that people see few gaps.</summary>
internal sealed class IdSource(NpgsqlDataSource database) : IIdSource, IDisposable
{
    private const int BlockSize = 256;

    private readonly ConcurrentQueue<long> block = new();
    private readonly SemaphoreSlim refilling = new(1, 1);

    public async ValueTask<long> NextItemIdAsync(int typeId, CancellationToken ct)
    {
        // The sequence's name is made of a number of ours; nothing of a caller's text gets into it.
        await using var command = database.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"select nextval('item_id_{typeId}')"));
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public ValueTask<long> NextRowIdAsync(CancellationToken ct) => block.TryDequeue(out var id) ? new(id) : new(RefillAsync(ct));

    public void Dispose() => refilling.Dispose();

    private async Task<long> RefillAsync(CancellationToken ct)
    {
        await refilling.WaitAsync(ct);
        try
        {
            if (block.TryDequeue(out var ready)) return ready;

            await using var command = database.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"select nextval('row_id') from generate_series(1, {BlockSize})"));
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            var first = reader.GetInt64(0);
            while (await reader.ReadAsync(ct)) block.Enqueue(reader.GetInt64(0));
            return first;
        }
        finally
        {
            refilling.Release();
        }
    }
}
