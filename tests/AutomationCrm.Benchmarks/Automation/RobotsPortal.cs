using System.Globalization;
using AutomationCrm.Benchmarks.StageChanges;
using AutomationCrm.Testing.Nodes;
using Npgsql;

namespace AutomationCrm.Benchmarks.Automation;

/// <summary>Stages with ten robots each: five change fields, two have a condition that is false, one task, one comment, one webhook or a sixth field change.</summary>
internal static class RobotsPortal
{
    public const int Robots = 10;

    /// <summary>The stage of hand-made moves in the fair benchmark: three robots, nothing outside.</summary>
    public const string ByHand = "EXECUTING";

    public const string Bulk = "PREPARATION";

    public static async Task<string> SetUpAsync(DurableServer server, string name, int deals, Uri? sink)
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using (var app = new AppNode(Path.Combine(server.Folder, name), BenchPortal.Settings(connectionString, "web")))
        {
            app.Start();
            await app.ReadyAsync();
            using var door = await RestDoor.OpenAsync(app.Address, app.FirstRunFile, TimeSpan.FromSeconds(30));
            await BenchPortal.AddRobotsAsync(door);
            await door.RequireAsync("automation.stage.set", new { entityTypeId = BenchPortal.DealType, categoryId = 0, stageId = Bulk, undoSeconds = 0, robots = Ten(sink) });
            await app.StopAsync();
        }

        await using var database = NpgsqlDataSource.Create(connectionString);
        await BenchPortal.AddDealsAsync(database, deals);
        return connectionString;
    }

    /// <summary>Runs of the ten robots in the lanes of these deals, as a move by REST leaves them.</summary>
    public static async Task QueueAsync(NpgsqlDataSource database, int deals)
    {
        await BenchPortal.QueueAllAsync(database, Bulk, deals);
        await BenchPortal.ExecuteAsync(database, string.Create(CultureInfo.InvariantCulture, $"update run set chain_count = {Robots}, open_tracks = {Robots} where state = 0"));
    }

    public static Task ClearAsync(NpgsqlDataSource database) =>
        BenchPortal.ExecuteAsync(database, "truncate robot_run, task, comment, run, lane, job, delivery, delivery_attempt, robot_stat_delta, incident, notification");

    private static object[] Ten(Uri? sink) =>
    [
        .. Enumerable.Range(1, 5).Select(i => Change(i)),
        Never(1),
        Never(2),
        new { key = "ask", type = "create_task", name = "Ask", settings = new { title = "Check {=Document:TITLE}" } },
        new { key = "tell", type = "add_comment", name = "Tell", settings = new { text = "{=Document:TITLE} is checked." } },
        sink is null ? Change(6) : new { key = "hook", type = "call_webhook", name = "Hook", settings = new { method = "POST", url = sink.ToString(), body = """{"title":"{=Document:TITLE}"}""" } },
    ];

    private static object Change(int i) => new { key = $"note{i}", type = "change_fields", name = $"Note {i}", settings = new { fields = new { COMMENTS = $"{{=Document:TITLE}} took step {i}." } } };

    private static object Never(int i) =>
        new { key = $"never{i}", type = "add_comment", name = $"Never {i}", settings = new { text = "never" }, condition = new { all = new[] { new { field = "OPPORTUNITY", op = "lt", value = "0" } } } };
}
