using System.Diagnostics;
using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Application.WebForms;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Application.Tests.Triggers.TriggerSteps;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Triggers;

/// <summary>Automation that sets itself in motion ends in an incident after a bounded number of steps and within five seconds, and nothing is lost.</summary>
public class CycleTests
{
    private const string A = Deals.First;
    private const string B = Deals.Second;

    // Twenty causes in a row or fifty moves an hour end a cycle, and a move takes at most five steps.
    private const int MostSteps = 300;

    public static TheoryData<string> Shapes =>
        ["robots", "three robots", "self", "triggers", "trigger and robot", "fields", "responsible", "started by itself", "webhook", "application", "mail", "condition",
            "pipelines", "tasks", "copy", "create item", "date field", "web form"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_cycle_ends_in_an_incident(string shape)
    {
        var time = new FakeClock(TimeProvider.System.GetUtcNow());
        await using var app = await AppFixture.StartAsync(services =>
        {
            Raise.Add(services);
            if (shape == "web form") services.AddSingleton<TimeProvider>(time);
        });
        foreach (var (stage, config) in await ConfigurationAsync(app, shape)) await app.PublishAsync(stage.StartsWith("7/", StringComparison.Ordinal) ? ItemTypeIds.Quote : ItemTypeIds.Deal, stage[(stage.IndexOf('/', StringComparison.Ordinal) + 1)..], config);
        if (shape == "web form") await app.SendAsync(new SaveWebForm(0, ItemTypeIds.Deal, "Ask us", [FieldCodes.Title]));
        var deal = await app.AddDealAsync(amount: 1);
        var (steps, clock) = (0, Stopwatch.StartNew());

        if (shape == "date field") await app.ChangeAsync(deal, FieldCodes.CloseDate, Value.Of(new DateOnly(2001, 1, 1)));
        else if (shape == "fields") await app.ChangeAsync(deal, FieldCodes.Comments, Value.Of("0"));
        else await app.MoveAsync(deal, A);
        for (var round = 0; round < 100 && await app.ScalarAsync<long>("select count(*) from incident") == 0; round++)
        {
            steps += await app.DrainAsync();
            if (shape == "web form") await SendFormAsync(app, time, round);
            else if (shape is "webhook" or "application" or "mail") await ComeBackAsync(app, deal, shape);
        }

        Assert.InRange(steps, 1, MostSteps);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        var incident = await app.ReadAsync(db => db.Incidents.AsNoTracking().OrderBy(i => i.Id).FirstAsync());
        Assert.StartsWith("budget.", incident.Code, StringComparison.Ordinal);
        // The item is whole: its versions have no gap, and no lane is stuck.
        await app.DrainAsync();
        Assert.Equal((await app.FindItemAsync(ItemRef.Deal(deal)))!.Version, await app.ScalarAsync<long>($"select count(*) from event where type_id = 2 and item_id = {deal}"));
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from job"));
    }

    // What the world outside sends back: our own call with the chain it carried; a mail that answers itself carries none.
    private static async Task ComeBackAsync(AppFixture app, long deal, string shape)
    {
        var run = (await app.RunsAsync()).MaxBy(r => r.Depth)!;
        await using var scope = app.Services.CreateAsyncScope();
        var cause = shape == "mail" ? null : ChainHeader.Read(ChainHeader.Write(new(run.ChainId, run.Depth + 1, run.ChainCount, run.Id, 0)));
        scope.ServiceProvider.GetRequiredService<Caller>().Become(app.Admin, isAdmin: true, Origin.Rest, cause);
        var sender = scope.ServiceProvider.GetRequiredService<ISender>();
        if (shape == "application") await sender.Send(new ExecuteApplicationTrigger("loop", ItemRef.Deal(deal)));
        else if (shape == "mail") await sender.Send(new Raise(ItemRef.Deal(deal), HappeningCodes.MailReceived, "Subject", "Out of office"));
        else await sender.Send(new CallWebhookTrigger(ItemRef.Deal(deal), "loop", new Dictionary<string, string>()));
    }

    // A program that fills in our form because we called it, from ever new addresses.
    private static async Task SendFormAsync(AppFixture app, FakeClock time, int round)
    {
        var run = (await app.RunsAsync()).MaxBy(r => r.Depth)!;
        var token = (await app.SendAsync(new ListWebForms()))[0].Token;
        var stamp = (await app.SendAsync(new OpenWebForm(token))).Stamp;
        time.Advance(TimeSpan.FromSeconds(4));
        await app.SendAsync(new SubmitWebForm(token, new Dictionary<string, string> { [FieldCodes.Title] = "Again" }, stamp, $"203.0.113.{round}")
        {
            Consents = true,
            Chain = ChainHeader.Write(new(run.ChainId, run.Depth + 1, run.ChainCount, run.Id, 0)),
        });
    }

    private static async Task<Dictionary<string, StageAutomationConfig>> ConfigurationAsync(AppFixture app, string shape)
    {
        var other = await app.AddPersonAsync();
        if (shape == "application") await app.SendAsync(new SaveApplicationTrigger("loop", "Loop"));
        var called = Robot("add_comment", new { text = "called" });
        return shape switch
        {
            "robots" => new() { [A] = With(Go(B)), [B] = With(Go(A)) },
            "three robots" => new() { [A] = With(Go(B)), [B] = With(Go("FINAL_INVOICE")), ["FINAL_INVOICE"] = With(Go(A)) },
            "self" => new() { [A] = With(Set("COMMENTS", "{=Document:COMMENTS}x")) with { Triggers = [Changed("COMMENTS")] } },
            "triggers" => new() { [A] = With(Set("COMMENTS", "{=Document:COMMENTS}a")) with { Triggers = [Changed("TITLE")] }, [B] = With(Set("TITLE", "{=Document:TITLE}b")) with { Triggers = [Changed("COMMENTS")] } },
            "trigger and robot" => new() { [A] = With(Go(B)) with { Triggers = [Changed("COMMENTS")] }, [B] = With(Set("COMMENTS", "{=Document:COMMENTS}x")) },
            "fields" => new()
            {
                ["NEW"] = With(Set("TITLE", "{=Document:TITLE}b") with { StartedBy = "a" }, Set("COMMENTS", "{=Document:COMMENTS}a") with { Key = "r2", StartedBy = "b" })
                    with
                { Triggers = [Changed("COMMENTS", "a") with { Move = false }, Changed("TITLE", "b") with { Move = false }] },
            },
            "responsible" => new()
            {
                [A] = With(Give(other)) with { Triggers = [On("responsible_changed", condition: Row("ASSIGNED_BY_ID", "eq", $"{app.Admin}"))] },
                [B] = With(Give(app.Admin)) with { Triggers = [On("responsible_changed", condition: Row("ASSIGNED_BY_ID", "eq", $"{other}"))] },
            },
            "started by itself" => new() { [A] = With(Set("COMMENTS", "{=Document:COMMENTS}x"), Set("COMMENTS", "{=Document:COMMENTS}y") with { Key = "r2", StartedBy = "t" }) with { Triggers = [Changed("COMMENTS", "t") with { Move = false }] } },
            "webhook" => new() { [A] = With(called) with { Triggers = [On("webhook", new { code = "loop" })] } },
            "application" => new() { [A] = With(called) with { Triggers = [On("application", new { code = "loop" })] } },
            "mail" => new() { [A] = With(called) with { Triggers = [On("mail_received")] } },
            "pipelines" => new()
            {
                [A] = With(Robot("change_pipeline", new { pipeline = "1" })),
                ["C1:NEW"] = With(Robot("change_pipeline", new { pipeline = "0", stage = A })),
            },
            "tasks" => new() { [A] = With(Robot("create_task", new { title = "Call" }), Robot("complete_tasks", new { which = "all" }) with { AfterPrevious = true }) with { Triggers = [On("task_closed")] } },
            "copy" => new() { [A] = With(Robot("copy_item", new { stage = A })) },
            "create item" => new() { [A] = With(Robot("create_item", new { itemType = "7" })), ["7/DRAFT"] = With(Robot("create_item", new { itemType = "2", stage = A })) },
            "date field" => new() { [A] = With(Set("CLOSEDATE", "{{=dateadd({=Document:CLOSEDATE}, '1d')}}")) with { Triggers = [On("date_reached", new { field = "CLOSEDATE", late = "Y" })] } },
            "web form" => new() { [A] = With(called) with { Triggers = [On("form_submitted")] } },
            _ => new()
            {
                [A] = With(Set("OPPORTUNITY", "2")) with { Triggers = [Changed("OPPORTUNITY") with { Condition = Row("OPPORTUNITY", "eq", "1") }] },
                [B] = With(Set("OPPORTUNITY", "1")) with { Triggers = [Changed("OPPORTUNITY") with { Condition = Row("OPPORTUNITY", "eq", "2") }] },
            },
        };
    }

    private static StageAutomationConfig With(params IReadOnlyList<RobotConfig> robots) => new() { Robots = robots };

    private static RobotConfig Go(string stage) => Robot("change_stage", new { stage });

    private static RobotConfig Give(long person) => Robot("change_responsible", new { people = new[] { $"{person}" } });

    private static RobotConfig Set(string field, string value) => Robot("change_fields", new { fields = new Dictionary<string, string> { [field] = value } });

    private static TriggerConfig Changed(string field, string? key = null) => On("field_changed", new { fields = field }, key);

    private static TriggerConfig On(string type, object? settings = null, string? key = null, JsonElement? condition = null) => Trigger(type, settings, key) with { AllowBackwards = true, Condition = condition };
}
