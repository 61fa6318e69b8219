using AutomationCrm.Application.Lanes;

namespace AutomationCrm.Web.Hosting.Health;

/// <summary>Whether the process lives, and whether work gets done: the age of the oldest due job is the one number that shows a stuck automation.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(60);

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Ok(new { status = "ok" })).AllowAnonymous();
        app.MapGet("/health/ready", async (ILaneStore lanes, CancellationToken ct) =>
        {
            try
            {
                var oldest = await lanes.OldestDueAsync(ct);
                var answer = new { status = oldest < Stuck ? "ok" : "behind", oldestDueSeconds = Math.Round(oldest.TotalSeconds, 1) };
                return Results.Json(answer, statusCode: oldest < Stuck ? 200 : 503);
            }
            catch (System.Data.Common.DbException)
            {
                // No detail to anonymous callers.
                return Results.Json(new { status = "database" }, statusCode: 503);
            }
        }).AllowAnonymous();
    }
}
