using AutomationCrm.Application;
using AutomationCrm.Application.Hosting;
using AutomationCrm.Infrastructure;
using AutomationCrm.Robots;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AutomationCrm.Benchmarks.Automation;

/// <summary>The product's executor in this process, allowed to call one address on this machine.</summary>
internal static class BenchHost
{
    public static IHost Build(string connectionString, Uri? sink)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        if (sink is not null) builder.Configuration.AddInMemoryCollection([new("Crm:Outbound:AllowedOrigins", sink.GetLeftPart(UriPartial.Authority))]);
        builder.Services.AddApplication();
        builder.Services.AddRobots();
        builder.Services.AddInfrastructure(connectionString);
        builder.Services.AddHostedService<ExecutorService>();
        return builder.Build();
    }
}
