using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace AutomationCrm.Campaign;

/// <summary>
/// What happened outside the product, line by line as it happened: commands with their answers, effects that arrived, faults. The file
/// is only ever appended to; the checker reads it back.
/// </summary>
internal sealed class Ledger(string path) : IDisposable
{
    private readonly Lock gate = new();
    private readonly StreamWriter file = new(path, append: true) { AutoFlush = true };
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset opened = TimeProvider.System.GetUtcNow();

    public string Path => path;

    /// <summary>Milliseconds since the ledger was opened, by one clock for all of it.</summary>
    public double Now => Stopwatch.GetElapsedTime(start).TotalMilliseconds;

    /// <summary>A moment of the database's clock, which is this machine's, on the clock of <see cref="Now"/>.</summary>
    public double At(DateTime moment) => (moment - opened.UtcDateTime).TotalMilliseconds;

    public void Append(LedgerLine line)
    {
        var text = JsonSerializer.Serialize(line);
        lock (gate) file.WriteLine(text);
    }

    public ImmutableArray<LedgerLine> Read()
    {
        lock (gate) return [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<LedgerLine>(line)!)];
    }

    public void Dispose() => file.Dispose();
}

/// <summary>One line. Which members are set depends on <see cref="Kind"/>: sent, acknowledged, repeated, refused, lost, effect, fault.</summary>
internal sealed record LedgerLine(string Kind, double At)
{
    /// <summary>Of commands the client-made id, of effects their key.</summary>
    public Guid Id { get; init; }

    public long Deal { get; init; }

    public string? Stage { get; init; }

    /// <summary>The answer, what was lost, or which fault.</summary>
    public string? Text { get; init; }

    /// <summary>When the sink had answered.</summary>
    public double End { get; init; }
}
