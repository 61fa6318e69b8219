using AutomationCrm.Application.Lanes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Application.Automation.History;

/// <summary>Deletes what is older than the history is to be kept, in short steps with pauses, so that nobody waits for it.</summary>
public sealed class HistoryKeeper(IHistoryStore store, IOptions<HistoryOptions> options, TimeProvider clock, ILogger<HistoryKeeper> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(200);

    /// <summary>One step; answers how many runs it deleted.</summary>
    public Task<int> RunOnceAsync(CancellationToken ct) =>
        options.Value.KeepMonths == 0 ? Task.FromResult(0) : store.DeleteBeforeAsync(clock.GetUtcNow().AddMonths(-options.Value.KeepMonths), options.Value.RunsPerStep, ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var deleted = await RunOnceAsync(stoppingToken);
                await Task.Delay(deleted > 0 ? BetweenSteps : BetweenLooks, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (Transient.Is(failure))
            {
                log.LogWarning(failure, "Old history is deleted later");
                await Task.Delay(TimeSpan.FromSeconds(5), clock, CancellationToken.None);
            }
        }
    }
}

/// <summary>The history's tables.</summary>
public interface IHistoryStore
{
    /// <summary>Deletes finished runs that ended before a moment with everything that belongs to them, at most so many; answers how many.</summary>
    Task<int> DeleteBeforeAsync(DateTimeOffset before, int most, CancellationToken ct);
}
