using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AutomationCrm.Application.Import.Running;

/// <summary>Works on imports in the background, on the node that keeps their files.</summary>
public sealed class ImportService(ImportRunner runner, ImportBell bell, TimeProvider clock, ILogger<ImportService> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var tidied = 0L;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await runner.RunNextAsync(stoppingToken)) continue;

                if (tidied == 0 || clock.GetElapsedTime(tidied) > TimeSpan.FromMinutes(5))
                {
                    await runner.TidyAsync(stoppingToken);
                    tidied = clock.GetTimestamp();
                }

                await bell.Rings.WaitAsync(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "The import's loop failed and begins again");
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
    }
}
