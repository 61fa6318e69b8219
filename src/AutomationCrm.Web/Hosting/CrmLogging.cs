using System.Globalization;
using Serilog;
using Serilog.Events;

namespace AutomationCrm.Web.Hosting;

/// <summary>Serilog with one line per request (decision 0004: Serilog.AspNetCore cannot be restored); never values of fields, never secrets.</summary>
internal static class CrmLogging
{
    public static WebApplicationBuilder AddCrmLogging(this WebApplicationBuilder builder)
    {
        Log.Logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            .WriteTo.Console(formatProvider: CultureInfo.InvariantCulture)
            .CreateLogger();
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(Log.Logger, dispose: true);
        return builder;
    }
}
