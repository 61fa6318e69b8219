using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Application.Crm.RecycleBin;

/// <summary>Empties the recycle bin of what is older than <see cref="RecycleBinOptions.KeepDays"/>, once an hour.</summary>
public sealed class RecycleBinService(IServiceScopeFactory scopes, IOptions<RecycleBinOptions> options, TimeProvider clock, ILogger<RecycleBinService> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.KeepDays == 0) return;

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RunOnceAsync(stoppingToken) is var deleted and > 0) log.LogInformation("{Deleted} items of the recycle bin were deleted for good", deleted);
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "The recycle bin could not be emptied; it is tried again in an hour");
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
    }

    internal async Task<int> RunOnceAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RecycleBinSweep>().SweepAsync(clock.GetUtcNow().AddDays(-options.Value.KeepDays), ct);
    }
}
