using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using AutomationCrm.Testing.Nodes;

namespace AutomationCrm.Campaign;

/// <summary>Moves deals through the nodes' REST doors, each move with a command id, and notes what was sent and what was acknowledged.</summary>
internal sealed class Driver(Ledger ledger, IReadOnlyList<RestDoor> doors, IReadOnlyList<long> deals, CampaignOptions options)
{
    public static readonly string[] Stages = ["NEW", "PREPARATION", "PREPAYMENT_INVOICE", "EXECUTING"];

    private const int Tries = 3;
    private const int Side = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan BeforeNextTry = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<Guid, LedgerLine> open = new();
    private readonly Dictionary<long, string> last = [];
    private readonly Random random = new(options.Seed);

    /// <summary>Sends at the campaign's rate until told to stop, then waits for the answers under way.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var underWay = new List<Task>();
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / options.Rate));
        while (!stop.IsCancellationRequested)
        {
            await beat.WaitForNextTickAsync(CancellationToken.None);
            underWay.Add(MoveAsync(NextMove(), random.Next(doors.Count), Tries, again: random.Next(100) < 5));
            underWay.RemoveAll(t => t.IsCompleted);
        }

        await Task.WhenAll(underWay);
    }

    /// <summary>Repeats everything that was never acknowledged, with its id, until it is; answers how many there were.</summary>
    public async Task<int> RepeatLostAsync()
    {
        var lost = open.Values.ToList();
        var until = ledger.Now + Patience.TotalMilliseconds;
        for (var at = 0; !open.IsEmpty && ledger.Now < until; at++)
            await Parallel.ForEachAsync(open.Values.ToList(), new ParallelOptions { MaxDegreeOfParallelism = Side }, async (move, _) => await MoveAsync(move, at, tries: 1, again: false));
        return lost.Count;
    }

    private LedgerLine NextMove()
    {
        var deal = deals[random.Next(deals.Count)];
        var choices = Stages.Where(s => s != last.GetValueOrDefault(deal, Stages[0])).ToList();
        var stage = last[deal] = choices[random.Next(choices.Count)];
        return new("sent", ledger.Now) { Id = Guid.CreateVersion7(), Deal = deal, Stage = stage };
    }

    /// <summary>As a careful client does: again through the other node when there was no answer, a few times.</summary>
    private async Task MoveAsync(LedgerLine move, int door, int tries, bool again)
    {
        open[move.Id] = move;
        for (var attempt = 0; attempt < tries; attempt++)
        {
            if (attempt > 0) await Task.Delay(BeforeNextTry);
            ledger.Append(move with { At = ledger.Now });
            if (!await SendAsync(move, doors[(door + attempt) % doors.Count], "acknowledged")) continue;

            open.TryRemove(move.Id, out _);
            if (again) await SendAsync(move, doors[(door + attempt + 1) % doors.Count], "repeated");
            return;
        }
    }

    private async Task<bool> SendAsync(LedgerLine move, RestDoor door, string kind)
    {
        try
        {
            var answer = await door.CallAsync("crm.deal.update", new { id = move.Deal, fields = new { STAGE_ID = move.Stage, COMMENTS = move.Id.ToString("D") } }, move.Id);
            ledger.Append(move with { Kind = answer.Succeeded ? kind : "refused", At = ledger.Now, Text = answer.Succeeded ? answer.Result : $"{answer.Status}" });
            return answer.Succeeded;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or TaskCanceledException or IOException or JsonException)
        {
            ledger.Append(move with { Kind = "lost", At = ledger.Now, Text = failure.GetType().Name });
            return false;
        }
    }
}
