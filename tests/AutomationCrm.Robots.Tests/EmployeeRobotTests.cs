using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Robots.Tests;

/// <summary>Robots that tell people, give them work and let them watch (reference 1.6, employees).</summary>
public class EmployeeRobotTests
{
    [Fact]
    public async Task Notify_supervisor_tells_the_head_of_the_department_and_further_people()
    {
        await using var app = await AppFixture.StartAsync();
        var (head, other) = (await app.AddPersonAsync("Head"), await app.AddPersonAsync("Other"));
        await PutUnderAsync(app, app.Admin, head);
        var robotRun = await app.RunAsync("notify_supervisor", new { text = "{=Document:TITLE} is late", people = new[] { other } });

        var told = await app.ReadAsync(db => db.Notifications.AsNoTracking().Where(n => n.RobotRunId != null).OrderBy(n => n.PersonId).Select(n => new { n.PersonId, n.Text }).ToListAsync());
        Assert.Equal([(head, "Chairs is late"), (other, "Chairs is late")], told.Select(n => (n.PersonId, n.Text)));
        Assert.Equal($$"""{"Notified": 2, "SupervisorId": {{head}}}""", robotRun.Results);
    }

    [Fact]
    public async Task Notify_supervisor_goes_above_a_head_who_has_left_and_is_skipped_without_any()
    {
        await using var app = await AppFixture.StartAsync();
        var none = await app.RunAsync("notify_supervisor", new { text = "Late" });
        var (gone, boss) = (await app.AddPersonAsync("Gone", active: false), await app.AddPersonAsync("Boss"));
        await PutUnderAsync(app, app.Admin, gone, boss);
        var above = await app.RunAsync("notify_supervisor", new { text = "Late" });

        Assert.Equal((RobotRunState.Skipped, "supervisor.none"), (none.State, none.Code));
        Assert.Equal(boss, await app.ScalarAsync<long>("select person_id from notification where robot_run_id is not null"));
        Assert.Equal(RobotRunState.Done, above.State);
    }

    [Fact]
    public async Task Create_task_takes_a_checklist_helpers_and_observers_and_remembers_the_stage()
    {
        await using var app = await AppFixture.StartAsync();
        var (helper, watcher, gone) = (await app.AddPersonAsync("Helper"), await app.AddPersonAsync("Watcher"), await app.AddPersonAsync("Gone", active: false));
        await app.RunAsync("create_task", new { title = "Offer", checklist = "Measure\n\n Calculate {=Document:TITLE} ", accomplices = new[] { helper }, observers = new[] { watcher, gone, watcher } });

        var task = await app.ReadAsync(db => db.Tasks.AsNoTracking().SingleAsync());
        Assert.Equal([new("Measure"), new ChecklistLine("Calculate Chairs")], Checklist.Parse(task.Checklist));
        Assert.Equal([helper], task.AccompliceIds);
        Assert.Equal([watcher], task.ObserverIds);
        Assert.Equal((TaskKind.Task, RobotHarness.Stage), (task.Kind, task.StageId));
    }

    [Fact]
    public async Task Create_task_counts_its_deadline_in_working_time()
    {
        await using var app = await AppFixture.StartAsync();
        // Friday 2026-03-27 17:00; the working day ends at 18:00, the next one is Monday.
        await app.RunAsync("create_task", new { title = "Hours", deadline = "2026-03-27T17:00:00+00:00", deadlineAfter = "PT2H", workTime = "Y" });
        await app.RunAsync("create_task", new { title = "Days", deadline = "2026-03-27T17:00:00+00:00", deadlineAfter = "P1D", workTime = "Y" });
        await app.RunAsync("create_task", new { title = "Plain", deadline = "2026-03-27T17:00:00+00:00", deadlineAfter = "PT2H" });

        var due = await app.ReadAsync(db => db.Tasks.AsNoTracking().OrderBy(t => t.Id).Select(t => t.Deadline).ToListAsync());
        Assert.Equal([new(2026, 3, 30, 10, 0, 0, TimeSpan.Zero), new(2026, 3, 30, 17, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 27, 19, 0, 0, TimeSpan.Zero)], due.Select(d => d!.Value.ToUniversalTime()));
    }

    [Fact]
    public async Task Create_task_waits_until_its_own_task_is_closed_and_says_by_whom()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(2, "PREPARATION",
            TestPortal.Robot("create_task", new { title = "Offer", waitUntilClosed = "Y" }, "task"),
            TestPortal.Robot("add_comment", new { text = "{=task:TaskId} by {=task:ClosedBy}" }) with { AfterPrevious = true });
        var deal = Domain.Crm.ItemRef.Deal(await app.AddDealAsync());
        await MoveAsync(app, deal, "PREPARATION");
        var waiting = await app.LastAsync();
        var other = await app.SendAsync(new AddTask("Another") { Item = deal });
        await app.SendAsync(new CloseTask(other));
        await app.DrainAsync();
        Assert.Equal((RobotRunState.Waiting, "wait.task", 0L), (waiting.State, waiting.Code, await app.ScalarAsync<long>("select count(*) from comment")));

        var task = await app.ScalarAsync<long>("select min(id) from task where title = 'Offer'");
        await app.SendAsync(new CloseTask(task));
        await app.DrainAsync();
        Assert.Equal($"{task} by user_{app.Admin}", await app.ScalarAsync<string>("select text from comment"));
        Assert.Contains("ClosedDate", await app.ScalarAsync<string>("select results::text from robot_run where robot_key = 'task'"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("todo", TaskKind.ToDo)]
    [InlineData("call", TaskKind.Call)]
    [InlineData("meeting", TaskKind.Meeting)]
    public async Task Plan_activity_makes_a_task_of_its_kind(string kind, TaskKind expected)
    {
        await using var app = await AppFixture.StartAsync();
        var robotRun = await app.RunAsync("plan_activity", new { kind, title = "Ring {=Document:TITLE}", deadlineAfter = "P2D" });

        var task = await app.ReadAsync(db => db.Tasks.AsNoTracking().SingleAsync());
        Assert.Equal((expected, "Ring Chairs", app.Admin), (task.Kind, task.Title, task.ResponsibleId));
        Assert.Equal($$"""{"TaskId": {{task.Id}}}""", robotRun.Results);
    }

    [Fact]
    public async Task Complete_tasks_closes_those_of_the_stage_of_the_run_or_all()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(2, "PREPARATION", TestPortal.Robot("create_task", new { title = "Here" }), TestPortal.Robot("complete_tasks", new { which = "run" }) with { AfterPrevious = true });
        await app.PublishAsync(2, "EXECUTING", TestPortal.Robot("create_task", new { title = "There" }), TestPortal.Robot("complete_tasks", new { which = "stage", stage = "NEW" }) with { AfterPrevious = true });
        await app.PublishAsync(2, "WON", TestPortal.Robot("complete_tasks", new { which = "all" }));
        var deal = Domain.Crm.ItemRef.Deal(await app.AddDealAsync());
        await app.SendAsync(new AddTask("By hand") { Item = deal });

        await MoveAsync(app, deal, "PREPARATION");
        Assert.Equal(["By hand"], await OpenAsync(app));
        await MoveAsync(app, deal, "EXECUTING");
        Assert.Equal(["There"], await OpenAsync(app));
        await MoveAsync(app, deal, "WON");
        Assert.Empty(await OpenAsync(app));
        await MoveAsync(app, deal, "NEW");
        await MoveAsync(app, deal, "WON");
        Assert.Equal((RobotRunState.Skipped, "tasks.none"), ((await app.LastAsync()).State, (await app.LastAsync()).Code));
    }

    [Fact]
    public async Task Observers_are_added_removed_and_replaced()
    {
        await using var app = await AppFixture.StartAsync();
        var (one, two) = (await app.AddPersonAsync("One"), await app.AddPersonAsync("Two"));
        await app.PublishAsync(2, "PREPARATION",
            TestPortal.Robot("add_observer", new { people = new[] { one } }),
            TestPortal.Robot("change_observers", new { action = "add", people = new[] { one, two } }, "more") with { AfterPrevious = true },
            TestPortal.Robot("change_observers", new { action = "remove", people = new[] { one } }, "less") with { AfterPrevious = true },
            TestPortal.Robot("add_observer", new { people = new[] { two } }, "same") with { AfterPrevious = true });
        await MoveAsync(app, Domain.Crm.ItemRef.Deal(await app.AddDealAsync()), "PREPARATION");

        Assert.Equal(Value.Of([new UserValue(two)]), (await app.DealAsync())[FieldCodes.Observers]);
        Assert.Equal((RobotRunState.Skipped, "observers.same"), ((await app.LastAsync()).State, (await app.LastAsync()).Code));
        var replaced = await app.RunAsync("change_observers", new { action = "replace" });
        Assert.Equal(RobotRunState.Skipped, replaced.State);
    }

    [Fact]
    public async Task Add_history_entry_writes_a_line_that_nobody_has_said()
    {
        await using var app = await AppFixture.StartAsync();
        await app.RunAsync("add_history_entry", new { subject = "Checked {=Document:TITLE}", text = "Worth {=Document:OPPORTUNITY}" });

        var note = await app.ReadAsync(db => db.TimelineNotes.AsNoTracking().SingleAsync());
        Assert.Equal(("history", "Checked Chairs", "Worth 100", 0L), (note.Kind, note.Subject, note.Text, note.ActorId));
        Assert.Equal(RobotRunState.Incident, (await app.RunAsync("add_history_entry", new { subject = "" })).State);
    }

    private static async Task MoveAsync(AppFixture app, Domain.Crm.ItemRef deal, string stage)
    {
        await app.SendAsync(new Application.Crm.Items.MoveItem(deal, stage));
        await app.DrainAsync();
    }

    private static Task<List<string>> OpenAsync(AppFixture app) => app.ReadAsync(db => db.Tasks.AsNoTracking().Where(t => t.State == TaskState.Open).OrderBy(t => t.Id).Select(t => t.Title).ToListAsync());

    /// <summary>Each head leads a department above the one before.</summary>
    private static Task<int> PutUnderAsync(AppFixture app, long person, params long[] heads) => app.ReadAsync(async db =>
    {
        Department? above = null;
        foreach (var head in heads.Reverse())
        {
            var department = new Department { Name = $"Led by {head}", HeadId = head, ParentId = above?.Id };
            db.Departments.Add(department);
            await db.SaveConfigurationAsync(CancellationToken.None);
            (await db.People.SingleAsync(p => p.Id == head)).DepartmentId = department.Id;
            above = department;
        }

        (await db.People.SingleAsync(p => p.Id == person)).DepartmentId = above!.Id;
        await db.SaveConfigurationAsync(CancellationToken.None);
        return 0;
    });
}
