using Microsoft.Extensions.Logging;

namespace AutomationCrm.Application.Automation.Effects;

/// <summary>
/// Chooses which of the due deliveries are taken: only those whose destination takes a call now. What goes to a destination that is shut is
/// put off together, and a long line before one destination is looked past, so that neither costs the others anything (invariant I16).
/// </summary>
public sealed class DeliveryPicker(IDeliveryStore store, DestinationGate gate, TimeProvider clock, ILogger<DeliveryPicker> log)
{
    private const int Window = 256;
    private const int MostLooks = 4;
    private static readonly TimeSpan BetweenLooksPast = TimeSpan.FromMilliseconds(250);

    private long lookedPastAt;

    /// <summary>At most so many, each with its place in the gate; places that come to no call must be given back.</summary>
    public async Task<IReadOnlyList<DueDelivery>> PickAsync(int most, CancellationToken ct)
    {
        var (picked, full) = (new List<DueDelivery>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        try
        {
            await LookAsync(most, picked, full, ct);
        }
        catch
        {
            foreach (var delivery in picked) gate.GiveBack(delivery.Destination);
            throw;
        }

        return picked;
    }

    private async Task LookAsync(int most, List<DueDelivery> picked, HashSet<string> full, CancellationToken ct)
    {
        for (var look = 0; look < MostLooks && picked.Count < most; look++)
        {
            var due = await store.DueAsync(Window, full, ct);
            var shut = Choose(due, most, picked, full);
            foreach (var (destination, pause) in shut)
            {
                var away = await store.PutOffAsync(destination, pause, ct);
                log.LogInformation("{Deliveries} deliveries to {Destination} are put off for {Pause}", away, destination, pause);
            }

            // With room left and more behind the window, somebody further back may have a free way.
            if (due.Count < Window || full.Count == 0 || !MayLookPast(shut.Count > 0)) break;
        }
    }

    private Dictionary<string, TimeSpan> Choose(IReadOnlyList<DueDelivery> due, int most, List<DueDelivery> picked, HashSet<string> full)
    {
        var shut = new Dictionary<string, TimeSpan>(StringComparer.OrdinalIgnoreCase);
        foreach (var delivery in due)
        {
            if (picked.Count >= most) break;
            if (full.Contains(delivery.Destination) || picked.Exists(p => p.EffectKey == delivery.EffectKey)) continue;

            if (gate.Enter(delivery.Destination) is not { } pause) picked.Add(delivery);
            else if (full.Add(delivery.Destination) && gate.IsClosed(delivery.Destination)) shut[delivery.Destination] = pause;
        }

        return shut;
    }

    // Looking past a long line reads all of it, so it is not done at every turn.
    private bool MayLookPast(bool madeRoom)
    {
        if (!madeRoom && lookedPastAt != 0 && clock.GetElapsedTime(lookedPastAt) < BetweenLooksPast) return false;
        lookedPastAt = clock.GetTimestamp();
        return true;
    }
}
