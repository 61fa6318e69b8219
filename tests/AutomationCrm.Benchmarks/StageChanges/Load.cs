using System.Diagnostics;
using System.Text;
using AutomationCrm.Testing.Nodes;

namespace AutomationCrm.Benchmarks.StageChanges;

/// <summary>Moves deals by REST. Every caller has deals of his own, and a deal goes to the other stage each time.</summary>
internal sealed class Load(long[] deals)
{
    private readonly byte[] next = new byte[deals.Length];

    /// <summary>As many moves as go through, one after the other on each connection; answers moves a second.</summary>
    public async Task<double> ClosedAsync(RestDoor door, int connections, TimeSpan time, int most = int.MaxValue)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(caller => Task.Run(async () =>
        {
            var moves = 0;
            for (var at = caller; clock.Elapsed < time && moves < most / connections; at = at + connections < deals.Length ? at + connections : caller, moves++) await MoveAsync(door, at);
            return moves;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Moves at a fixed rate whatever the answers do; milliseconds from the planned moment to the answer.</summary>
    public async Task<IReadOnlyList<double>> OpenAsync(RestDoor door, double rate, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var underWay = new List<Task<double>>();
        for (var i = 0; ; i++)
        {
            var planned = TimeSpan.FromSeconds(i / rate);
            if (planned > time) break;
            if (planned > clock.Elapsed) await Task.Delay(planned - clock.Elapsed);
            underWay.Add(TimedAsync(door, i % deals.Length, clock, planned));
        }

        return await Task.WhenAll(underWay);
    }

    public async Task MoveAsync(RestDoor door, int at)
    {
        var stage = BenchPortal.Stages[next[at] ^= 1];
        var answer = await door.CallAsync("crm.deal.update", Encoding.ASCII.GetBytes($$$"""{"id":{{{deals[at]}}},"fields":{"STAGE_ID":"{{{stage}}}"}}"""));
        if (!answer.Succeeded) throw new InvalidOperationException($"A move was answered with {answer.Status}.");
    }

    private async Task<double> TimedAsync(RestDoor door, int at, Stopwatch clock, TimeSpan planned)
    {
        await MoveAsync(door, at);
        return (clock.Elapsed - planned).TotalMilliseconds;
    }
}
