using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Robots.Tests;

/// <summary>One done and one skipped per robot that changes our own state; settings travel as they lie on the stage.</summary>
public class StateRobotTests
{
    [Fact]
    public async Task Change_fields_converts_texts_and_says_what_changed()
    {
        await using var app = await AppFixture.StartAsync();
        var robotRun = await app.RunAsync("change_fields", new { fields = new { TITLE = "{=Document:TITLE}, urgent", opportunity = "250.5", OPENED = "N", CLOSEDATE = "2026-03-31", COMMENTS = "" } });

        var deal = await app.DealAsync();
        Assert.Equal(RobotRunState.Done, robotRun.State);
        Assert.Equal(("Chairs, urgent", 250.5m, Value.False, Value.Of(new DateOnly(2026, 3, 31))), (deal.Title, deal.Number(FieldCodes.Amount), deal[FieldCodes.Opened], deal[FieldCodes.CloseDate]));
        Assert.Equal("""{"ChangedFields": ["CLOSEDATE", "OPENED", "OPPORTUNITY", "TITLE"]}""", Sorted(robotRun.Results!));
    }

    [Fact]
    public async Task Change_fields_without_a_difference_is_skipped()
    {
        await using var app = await AppFixture.StartAsync();
        var robotRun = await app.RunAsync("change_fields", new { fields = new { OPPORTUNITY = "100.00" } });

        Assert.Equal((RobotRunState.Skipped, "fields.same"), (robotRun.State, robotRun.Code));
    }

    [Theory]
    [InlineData("OPPORTUNITY", "a lot", "field.type")]
    [InlineData("CLOSEDATE", "soon", "field.type")]
    [InlineData("ASSIGNED_BY_ID", "4711", "field.reference")]
    [InlineData("COMPANY_ID", "99", "field.reference")]
    [InlineData("STAGE_ID", "WON", "field.stage")]
    [InlineData("ID", "7", "field.readonly")]
    [InlineData("NO_SUCH", "7", "field.unknown")]
    public async Task Change_fields_names_the_field_that_does_not_fit(string field, string value, string code)
    {
        await using var app = await AppFixture.StartAsync();
        var robotRun = await app.RunAsync("change_fields", new { fields = new Dictionary<string, string> { [field] = value, ["TITLE"] = "never" } });

        Assert.Equal((RobotRunState.Incident, code), (robotRun.State, robotRun.Code));
        Assert.Contains(code == "field.stage" ? "Change stage" : field, robotRun.Message, StringComparison.Ordinal);
        Assert.Equal("Chairs", (await app.DealAsync()).Title);
    }

    [Fact]
    public async Task Change_responsible_takes_the_first_who_still_works_here()
    {
        await using var app = await AppFixture.StartAsync();
        var (gone, here, other) = (await app.AddPersonAsync("Gone", active: false), await app.AddPersonAsync("Here"), await app.AddPersonAsync("Other"));
        var robotRun = await app.RunAsync("change_responsible", new { people = new object[] { $"user_{gone}", here, $"user_{other}" } });

        Assert.Equal((RobotRunState.Done, here), (robotRun.State, (await app.DealAsync()).ResponsibleId));
    }

    [Fact]
    public async Task Change_responsible_is_skipped_when_he_is_it_already_and_fails_when_nobody_is_left()
    {
        await using var app = await AppFixture.StartAsync();
        var same = await app.RunAsync("change_responsible", new { people = "{=Document:ASSIGNED_BY_ID}" });
        var nobody = await app.RunAsync("change_responsible", new { people = new[] { await app.AddPersonAsync("Gone", active: false) } });

        Assert.Equal((RobotRunState.Skipped, "responsible.same"), (same.State, same.Code));
        Assert.Equal((RobotRunState.Incident, "person.inactive"), (nobody.State, nobody.Code));
    }

    [Fact]
    public async Task Change_stage_moves_within_the_pipeline()
    {
        await using var app = await AppFixture.StartAsync();
        Assert.Equal(RobotRunState.Done, (await app.RunAsync("change_stage", new { stage = "WON" })).State);
        Assert.Equal("WON", (await app.DealAsync()).StageId);
        var same = await app.RunAsync("change_stage", new { stage = RobotHarness.Stage });
        var foreign = await app.RunAsync("change_stage", new { stage = "C1:NEW" });
        var unknown = await app.RunAsync("change_stage", new { stage = "NO_SUCH" });

        Assert.Equal((RobotRunState.Skipped, "stage.same"), (same.State, same.Code));
        Assert.Equal((RobotRunState.Incident, "stage.foreign"), (foreign.State, foreign.Code));
        Assert.Equal((RobotRunState.Incident, "stage.unknown"), (unknown.State, unknown.Code));
    }

    [Fact]
    public async Task Create_task_gives_a_to_do_with_a_deadline()
    {
        await using var app = await AppFixture.StartAsync();
        var legal = await app.AddPersonAsync("Lea");
        var robotRun = await app.RunAsync("create_task", new { title = "Check {=Document:TITLE}", description = "Soon", responsible = $"user_{legal}", deadlineAfter = "P1D" });

        var task = await app.ReadAsync(db => db.Tasks.AsNoTracking().SingleAsync());
        Assert.Equal(("Check Chairs", "Soon", legal, 0L), (task.Title, task.Description, task.ResponsibleId, task.CreatorId));
        Assert.Equal(TimeSpan.FromDays(1), task.Deadline - task.CreatedAt);
        Assert.Equal((robotRun.RunId, robotRun.Id), (task.RunId!.Value, task.RobotRunId!.Value));
        Assert.Equal($$"""{"TaskId": {{task.Id}}}""", robotRun.Results);
    }

    [Fact]
    public async Task Create_task_falls_back_to_the_responsible_person_and_refuses_who_has_left()
    {
        await using var app = await AppFixture.StartAsync();
        await app.RunAsync("create_task", new { title = "Call" });
        Assert.Equal(app.Admin, (await app.ReadAsync(db => db.Tasks.AsNoTracking().SingleAsync())).ResponsibleId);
        var gone = await app.RunAsync("create_task", new { title = "Call", responsible = await app.AddPersonAsync("Gone", active: false) });
        var untitled = await app.RunAsync("create_task", new { title = "" });

        Assert.Equal((RobotRunState.Incident, "person.inactive"), (gone.State, gone.Code));
        Assert.Equal((RobotRunState.Incident, "setting.required"), (untitled.State, untitled.Code));
    }

    [Fact]
    public async Task Add_comment_writes_and_refuses_the_empty()
    {
        await using var app = await AppFixture.StartAsync();
        var done = await app.RunAsync("add_comment", new { text = "Worth {=Document:OPPORTUNITY}" });
        Assert.Equal("Worth 100", await app.ScalarAsync<string>("select text from comment"));
        var empty = await app.RunAsync("add_comment", new { text = "{=Document:COMMENTS}" });

        Assert.Equal(RobotRunState.Done, done.State);
        Assert.Equal((RobotRunState.Incident, "setting.required"), (empty.State, empty.Code));
    }

    [Fact]
    public async Task Notify_user_rings_for_each_person_once_and_for_the_responsible_by_default()
    {
        await using var app = await AppFixture.StartAsync();
        var (here, gone) = (await app.AddPersonAsync("Here"), await app.AddPersonAsync("Gone", active: false));
        await app.RunAsync("notify_user", new { people = new[] { here, here, gone }, text = "Look" });
        await app.RunAsync("notify_user", new { text = "You" });
        var skipped = await app.RunAsync("notify_user", new { people = new[] { gone }, text = "Too late" });

        var lines = await app.ReadAsync(db => db.Notifications.AsNoTracking().Where(n => n.RobotRunId != null).OrderBy(n => n.Id).ToListAsync());
        Assert.Equal([(here, "Look"), (app.Admin, "You")], lines.Select(n => (n.PersonId, n.Text)));
        Assert.Equal((RobotRunState.Skipped, "person.inactive"), (skipped.State, skipped.Code));
    }

    [Fact]
    public async Task Wait_waits_and_without_a_time_does_not()
    {
        await using var app = await AppFixture.StartAsync();
        var waiting = await app.RunAsync("wait", new { duration = "PT2H" });
        Assert.Equal((RobotRunState.Waiting, "wait"), (waiting.State, waiting.Code));
        await app.TravelAsync(TimeSpan.FromHours(2));
        await app.DrainAsync();
        Assert.Equal(RobotRunState.Done, (await app.LastAsync()).State);
        var none = await app.RunAsync("wait", new { duration = "PT0S" });
        var wrong = await app.RunAsync("wait", new { duration = "a while" });

        Assert.Equal((RobotRunState.Skipped, "wait.none"), (none.State, none.Code));
        Assert.Equal((RobotRunState.Incident, "setting.type"), (wrong.State, wrong.Code));
    }

    private static string Sorted(string results)
    {
        using var json = System.Text.Json.JsonDocument.Parse(results);
        var codes = json.RootElement.GetProperty("ChangedFields").EnumerateArray().Select(e => e.GetString()).Order(StringComparer.Ordinal);
        return $$"""{"ChangedFields": [{{string.Join(", ", codes.Select(c => $"\"{c}\""))}}]}""";
    }
}
