using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Tests.Tasks;

public class TaskTests
{
    [Fact]
    public async Task A_task_is_added_edited_closed_and_opened_again()
    {
        await using var app = await AppFixture.StartAsync();
        var mia = await AddPersonAsync(app, "Mia");
        var id = await app.SendAsync(new AddTask("Call") { Description = "Back", Deadline = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(3)) });
        var task = await TaskAsync(app, id);
        Assert.Equal(("Call", "Back", app.Admin, app.Admin, TaskState.Open, 1L), (task.Title, task.Description, task.ResponsibleId, task.CreatorId, task.State, task.Version));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), task.Deadline);

        Assert.Equal(2, await app.SendAsync(new UpdateTask(id, "Call Mia", "", mia, null) { SeenVersion = 1 }));
        Assert.Equal(2, await app.SendAsync(new UpdateTask(id, "Call Mia", "", mia, null)));
        Assert.Equal(3, await app.SendAsync(new CloseTask(id), person: mia));
        Assert.Equal(3, await app.SendAsync(new CloseTask(id)));
        task = await TaskAsync(app, id);
        Assert.Equal((TaskState.Done, mia, mia, 3L), (task.State, task.ClosedBy!.Value, task.ResponsibleId, task.Version));
        Assert.NotNull(task.ClosedAt);

        Assert.Equal(4, await app.SendAsync(new ReopenTask(id)));
        task = await TaskAsync(app, id);
        Assert.Equal((TaskState.Open, null, null), (task.State, task.ClosedBy, task.ClosedAt));
    }

    [Fact]
    public async Task Whoever_edits_what_somebody_else_has_changed_is_told()
    {
        await using var app = await AppFixture.StartAsync();
        var id = await app.SendAsync(new AddTask("Call"));
        await app.SendAsync(new CloseTask(id));

        await Assert.ThrowsAsync<ConflictException>(() => app.SendAsync(new UpdateTask(id, "Late", "", app.Admin, null) { SeenVersion = 1 }));
        await Assert.ThrowsAsync<ConflictException>(() => app.SendAsync(new ReopenTask(id) { SeenVersion = 1 }));
        Assert.Equal("Call", (await TaskAsync(app, id)).Title);
    }

    [Fact]
    public async Task Changes_at_the_same_moment_all_count()
    {
        await using var app = await AppFixture.StartAsync();
        var id = await app.SendAsync(new AddTask("Call"));

        await Task.WhenAll(Enumerable.Range(1, 4).Select(i => app.SendAsync(new UpdateTask(id, $"Call {i}", "", app.Admin, null))));

        Assert.Equal(5, (await TaskAsync(app, id)).Version);
    }

    [Fact]
    public async Task A_task_belongs_to_its_people_and_to_those_who_may_change_the_item()
    {
        await using var app = await AppFixture.StartAsync();
        var (owner, stranger) = (await AddPersonAsync(app, "Owner"), await AddPersonAsync(app, "Stranger"));
        var deal = await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Responsible] = new UserValue(owner), [FieldCodes.Opened] = Value.False }));
        var id = await app.SendAsync(new AddTask("Secret") { Item = ItemRef.Deal(deal) });
        Assert.Equal(owner, (await TaskAsync(app, id)).ResponsibleId);
        await app.SendAsync(new UpdateTask(id, "Secret", "", app.Admin, null));

        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new CloseTask(id), person: stranger));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new AddTask("Peek") { Item = ItemRef.Deal(deal) }, person: stranger));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new AddComment(ItemRef.Deal(deal), "Peek"), person: stranger));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new NotifyPeople([stranger], "Peek") { Item = ItemRef.Deal(deal) }, person: stranger));
        Assert.Equal(3, await app.SendAsync(new CloseTask(id), person: owner));
    }

    [Fact]
    public async Task Bad_input_names_its_field_and_leaves_nothing()
    {
        await using var app = await AppFixture.StartAsync();
        var gone = await AddPersonAsync(app, "Gone", active: false);

        await RefusedAsync(app, new AddTask(""), "Title");
        await RefusedAsync(app, new AddTask(new string('x', 256)), "Title");
        await RefusedAsync(app, new AddTask("nul \0"), "Title");
        await RefusedAsync(app, new AddTask("Call") { Description = new string('x', 20_001) }, "Description");
        await RefusedAsync(app, new AddTask("Call") { ResponsibleId = -1 }, "ResponsibleId");
        Assert.Equal("person.inactive", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new AddTask("Call") { ResponsibleId = gone }))).Code);
        Assert.Equal("person.unknown", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new AddTask("Call") { ResponsibleId = 4711 }))).Code);
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new AddTask("Call") { Item = ItemRef.Deal(4711) }));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new CloseTask(4711)));
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from task"));
    }

    [Fact]
    public async Task Comments_and_notifications_check_what_they_are_given()
    {
        await using var app = await AppFixture.StartAsync();
        var deal = ItemRef.Deal(await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value>())));

        await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new AddComment(deal, "")));
        await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new AddComment(deal, "nul \0")));
        await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new NotifyPeople([], "Hello")));
        await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new NotifyPeople([4711], "Hello")));
        Assert.Equal(1, await app.SendAsync(new NotifyPeople([app.Admin, app.Admin], "Hello")));
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from comment"));
    }

    private static async Task RefusedAsync(AppFixture app, AddTask command, string field)
    {
        var refusal = await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(command));
        Assert.Equal(field, Assert.Single(refusal.Errors).PropertyName);
    }

    private static Task<TaskItem> TaskAsync(AppFixture app, long id) => app.ReadAsync(db => db.Tasks.AsNoTracking().SingleAsync(t => t.Id == id));

    private static Task<long> AddPersonAsync(AppFixture app, string name, bool active = true) => app.ReadAsync(async db =>
    {
        var person = new Person { Name = name, IsActive = active, CreatedAt = TimeProvider.System.GetUtcNow() };
        db.People.Add(person);
        await db.SaveConfigurationAsync(CancellationToken.None);
        return person.Id;
    });
}
