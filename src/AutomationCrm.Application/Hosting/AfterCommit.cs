using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Ports;
using Microsoft.Extensions.Logging;

namespace AutomationCrm.Application.Hosting;

/// <summary>Rings the workers of this node and sends hints to browsers; nothing depends on either.</summary>
internal sealed class AfterCommit(LaneWakeup wakeup, ILiveHints hints, ILogger<AfterCommit> log) : IAfterCommit
{
    public void Committed(bool newJobs, bool newDeliveries, IReadOnlyList<string> topics)
    {
        if (newJobs) wakeup.Lanes.Ring();
        if (newDeliveries) wakeup.Deliveries.Ring();
        if (topics.Count > 0) _ = SendAsync([.. topics]);
    }

    private async Task SendAsync(string[] topics)
    {
        try
        {
            await hints.SendAsync(topics);
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException or OperationCanceledException)
        {
            log.LogDebug(failure, "A live hint was lost");
        }
    }
}
