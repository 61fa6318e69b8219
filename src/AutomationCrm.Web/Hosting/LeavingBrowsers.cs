using AutomationCrm.Web.Hosting.Live;

namespace AutomationCrm.Web.Hosting;

/// <summary>
/// A request whose browser has left is brought to its end. Its queries take milliseconds and have a time limit of their own; a query
/// cancelled halfway costs a second connection, and the driver cannot always tell afterwards where in the answer it stands, so that the
/// connection is lost for the next request.
/// </summary>
internal static class LeavingBrowsers
{
    /// <summary>Before everything that asks the database, after error pages: those still see that nobody listens any more.</summary>
    public static IApplicationBuilder UseUninterrupted(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        // A connection of the hub lives as long as its browser.
        if (context.Request.Path.StartsWithSegments(LiveHub.Path, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        var left = context.RequestAborted;
        context.RequestAborted = CancellationToken.None;
        try
        {
            await next(context);
        }
        finally
        {
            context.RequestAborted = left;
        }
    });
}
