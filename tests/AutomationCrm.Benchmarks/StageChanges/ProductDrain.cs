using System.Diagnostics;
using AutomationCrm.Application;
using AutomationCrm.Application.Hosting;
using AutomationCrm.Infrastructure;
using AutomationCrm.Robots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AutomationCrm.Benchmarks.StageChanges;

/// <summary>The product's executor in this process, as <c>--role worker</c> runs it.</summary>
internal static class ProductDrain
{
    /// <summary>Seconds from the start of the executor until every lane is empty.</summary>
    public static async Task<double> RunAsync(NpgsqlDataSource database, string connectionString)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.Services.AddApplication();
        builder.Services.AddRobots();
        builder.Services.AddInfrastructure(connectionString);
        builder.Services.AddHostedService<ExecutorService>();
        using var host = builder.Build();
        var clock = Stopwatch.StartNew();
        await host.StartAsync();
        for (; ; )
        {
            if (!await BenchPortal.ScalarAsync<bool>(database, "select exists (select 1 from lane where pending > 0)")) break;
            if (clock.Elapsed > TimeSpan.FromMinutes(5)) throw new TimeoutException("The executor did not empty the queue.");
            await Task.Delay(20);
        }

        var took = clock.Elapsed.TotalSeconds;
        await host.StopAsync();
        return took;
    }
}
