using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Departments;
using AutomationCrm.Application.People.Directory;
using AutomationCrm.Application.People.Links;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Application.People.Setup;
using AutomationCrm.Application.People.Webhooks;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Tests.People;

public sealed class PersonTests
{
    [Fact]
    public async Task The_first_run_happens_once_also_for_two_nodes_that_start_at_once()
    {
        await using var host = await PeopleHost.StartAsync(firstRun: false);

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.SendAsync(new FirstRun())));

        Assert.Single(made, m => m is not null);
        Assert.Null(await host.SendAsync(new FirstRun()));
        Assert.Equal((1, 1, 1), await host.ReadAsync(async db => (await db.People.CountAsync(), await db.Webhooks.CountAsync(), await db.OneTimeLinks.CountAsync())));
    }

    [Fact]
    public async Task Secrets_of_the_first_run_that_cannot_be_kept_are_not_made_valid()
    {
        await using var host = await PeopleHost.StartAsync(firstRun: false);

        await Assert.ThrowsAsync<IOException>(() => host.SendAsync(new FirstRun { Keep = (_, _) => throw new IOException("disk full") }));

        Assert.Equal(0, await host.ReadAsync(db => db.People.CountAsync()));
        Assert.NotNull(await host.SendAsync(new FirstRun()));
    }

    [Fact]
    public async Task A_login_is_unique_whatever_its_case()
    {
        await using var host = await PeopleHost.StartAsync();
        var id = await host.AddAsync("Ann", login: "ann");

        Assert.Equal("person.login", (await Assert.ThrowsAsync<RuleBrokenException>(() => host.AddAsync("Other", login: "ANN"))).Code);
        await host.SendAsync(new UpdatePerson(id, new("Ann", "Lee", "ann@example.org", "Ann", "", null, false)));
    }

    [Fact]
    public async Task The_last_administrator_stays_one_also_when_two_leave_at_once()
    {
        await using var host = await PeopleHost.StartAsync();
        var fields = new PersonFields("Administrator", "", "", "admin", "", null, IsAdmin: false);
        Assert.Equal("person.lastadmin", (await Assert.ThrowsAsync<RuleBrokenException>(() => host.SendAsync(new UpdatePerson(host.Admin.PersonId, fields)))).Code);
        Assert.Equal("person.lastadmin", (await Assert.ThrowsAsync<RuleBrokenException>(() => host.SendAsync(new DeactivatePerson(host.Admin.PersonId)))).Code);

        var second = await host.AddAsync("Second", login: "second", isAdmin: true);
        var leaving = new[] { host.Admin.PersonId, second }.Select(id => Record.ExceptionAsync(() => host.SendAsync(new DeactivatePerson(id))));

        Assert.Single(await Task.WhenAll(leaving), refused => refused is RuleBrokenException { Code: "person.lastadmin" });
        Assert.Equal(1, await host.ReadAsync(db => db.People.CountAsync(p => p.IsAdmin && p.IsActive)));
    }

    [Fact]
    public async Task Who_is_deactivated_loses_sessions_links_and_webhooks_at_once()
    {
        await using var host = await PeopleHost.StartAsync();
        var id = await host.AddAsync("Ann", login: "ann");
        var session = (await host.SendAsync(new UseSignInLink((await host.SendAsync(new CreateSignInLink(id))).Token, "test")))!;
        var webhook = await host.SendInAsync(session.Token, new CreateWebhook("import", ["crm"], UrlForm: false, ExpiresAt: null));
        var link = await host.SendAsync(new CreateSignInLink(id));
        Assert.NotNull(await host.SendAsync(new AuthenticateWebhook(id, webhook.Secret, InUrl: false)));

        await host.SendAsync(new DeactivatePerson(id));

        Assert.Null(await host.SendAsync(new FindSession(session.Token)));
        Assert.Null(await host.SendAsync(new UseSignInLink(link.Token, "test")));
        Assert.Null(await host.SendAsync(new AuthenticateWebhook(id, webhook.Secret, InUrl: false)));
        await host.SendAsync(new ActivatePerson(id));
        Assert.Null(await host.SendAsync(new AuthenticateWebhook(id, webhook.Secret, InUrl: false)));
    }

    [Fact]
    public async Task A_department_is_never_below_itself_and_its_head_is_active()
    {
        await using var host = await PeopleHost.StartAsync();
        var head = await host.AddAsync("Head");
        var top = await host.SendAsync(new SaveDepartment(null, "Sales", null, head));
        var middle = await host.SendAsync(new SaveDepartment(null, "North", top, null));
        var low = await host.SendAsync(new SaveDepartment(null, "Coast", middle, null));

        foreach (var below in new[] { top, middle, low })
            Assert.Equal("department.cycle", (await Assert.ThrowsAsync<RuleBrokenException>(() => host.SendAsync(new SaveDepartment(top, "Sales", below, head)))).Code);
        Assert.Equal("person.head", (await Assert.ThrowsAsync<RuleBrokenException>(() => host.SendAsync(new DeactivatePerson(head)))).Code);
        Assert.Equal("department.used", (await Assert.ThrowsAsync<RuleBrokenException>(() => host.SendAsync(new DeleteDepartment(middle)))).Code);

        var gone = await host.AddAsync("Gone");
        await host.SendAsync(new DeactivatePerson(gone));
        Assert.Equal("department.head", (await Assert.ThrowsAsync<RuleBrokenException>(() => host.SendAsync(new SaveDepartment(low, "Coast", middle, gone)))).Code);
        Assert.Equal([("Sales", 0), ("North", 1), ("Coast", 2)], (await host.SendAsync(new GetDepartmentTree())).Select(n => (n.Name, n.Depth)));
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("Ann", "no at sign", "")]
    [InlineData("Ann", "a@b.c\r\nBcc: x@y.z", "")]
    [InlineData("Ann", "", "two words")]
    public async Task Bad_fields_are_refused_by_name_and_nothing_is_written(string name, string email, string login)
    {
        await using var host = await PeopleHost.StartAsync();

        await Assert.ThrowsAsync<ValidationException>(() => host.SendAsync(new AddPerson(new(name, "", email, login.Length == 0 ? null : login, "", null, false))));

        Assert.Equal(1, await host.ReadAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task Members_change_nothing_about_people_and_departments()
    {
        await using var host = await PeopleHost.StartAsync();
        var me = await host.AddAsync("Member", login: "member");
        var fields = new PersonFields("Member", "", "", "member", "", null, IsAdmin: true);

        await Denied(new AddPerson(fields));
        await Denied(new UpdatePerson(me, fields));
        await Denied(new DeactivatePerson(host.Admin.PersonId));
        await Denied(new ActivatePerson(me));
        await Denied(new ListPeople());
        await Denied(new CreateSignInLink(host.Admin.PersonId));
        await Denied(new SaveDepartment(null, "Mine", null, null));
        await Denied(new DeleteDepartment(1));
        await Denied(new FirstRun());

        Assert.False((await host.PersonAsync(me)).IsAdmin);

        Task Denied<T>(IRequest<T> request) => Assert.ThrowsAsync<AccessDeniedException>(() => host.SendAsMemberAsync(me, request));
    }
}
