using System.Diagnostics;

namespace AutomationCrm.Web.Hosting;

/// <summary>One line per request: method, path (secrets are gone from it already), status, time, correlation id. Files are left out.</summary>
internal static partial class RequestLog
{
    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
                Answered(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("AutomationCrm.Requests"), context.Request.Method, Plain(context.Request.Path), context.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds, context.TraceIdentifier);
        }
    });

    /// <summary>An address cannot begin a line of its own in the log (attack list A29).</summary>
    private static string Plain(PathString path) => path.HasValue && path.Value.AsSpan().ContainsAnyInRange('\0', '\u001f') ? path.ToUriComponent() : path.Value ?? "";

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Path} answered {Status} in {Milliseconds:0.0} ms ({Correlation})")]
    private static partial void Answered(ILogger log, string method, string path, int status, double milliseconds, string correlation);
}
