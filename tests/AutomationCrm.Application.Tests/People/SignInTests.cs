using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.People;
using AutomationCrm.Application.People.Links;
using AutomationCrm.Application.People.Passwords;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Tests.People;

public sealed class SignInTests
{
    [Fact]
    public async Task The_right_password_opens_a_session_of_which_only_the_hash_is_stored()
    {
        await using var host = await PeopleHost.StartAsync();

        var session = (await host.SignInAsync("ADMIN", host.Admin.Password)).Session!;

        Assert.Equal(host.Admin.PersonId, (await host.SendAsync(new FindSession(session.Token)))!.SignedIn.Id);
        var stored = await host.ReadAsync(db => db.SignInSessions.AsNoTracking().SingleAsync());
        Assert.Equal(Secret.HashOf(session.Token), stored.TokenHash);
    }

    [Fact]
    public async Task Unknown_wrong_locked_and_deactivated_people_get_the_same_answer_for_the_same_work()
    {
        await using var host = await PeopleHost.StartAsync();
        await host.AddAsync("No password", login: "empty");
        List<(SignInAnswer Answer, int Work)> seen = [];

        foreach (var login in new[] { "admin", "nobody", "empty", "admin", "admin", "admin", "admin", "admin" })
        {
            var before = host.Hasher.Derivations;
            var answer = await host.SignInAsync(login, "a wrong password");
            seen.Add((answer, host.Hasher.Derivations - before));
        }

        Assert.All(seen, s => Assert.Equal((new SignInAnswer(null, TimeSpan.Zero), 1), s));
    }

    [Fact]
    public async Task After_five_failures_even_the_right_password_waits_and_twice_as_long_each_time()
    {
        await using var host = await PeopleHost.StartAsync();
        for (var i = 0; i < 5; i++) await host.SignInAsync("admin", "wrong password");

        Assert.Null((await host.SignInAsync("admin", host.Admin.Password)).Session);
        Assert.Equal(host.Clock.GetUtcNow() + TimeSpan.FromSeconds(2), (await host.PersonAsync(host.Admin.PersonId)).LockedUntil);

        host.Clock.Advance(TimeSpan.FromSeconds(3));
        await host.SignInAsync("admin", "wrong password");
        Assert.Equal(host.Clock.GetUtcNow() + TimeSpan.FromSeconds(4), (await host.PersonAsync(host.Admin.PersonId)).LockedUntil);

        host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.NotNull((await host.SignInAsync("admin", host.Admin.Password)).Session);
        var person = await host.PersonAsync(host.Admin.PersonId);
        Assert.Equal(0, person.FailedLogins);
        Assert.Null(person.LockedUntil);
    }

    [Fact]
    public async Task Guesses_in_parallel_are_no_way_around_the_waiting_time()
    {
        await using var host = await PeopleHost.StartAsync();

        var guesses = Enumerable.Range(0, 40).Select(i => host.SignInAsync("admin", i == 39 ? host.Admin.Password : "wrong password", $"192.0.2.{i}"));
        await Task.WhenAll(guesses);

        Assert.InRange((await host.PersonAsync(host.Admin.PersonId)).FailedLogins, 0, 5);
    }

    [Fact]
    public async Task An_address_that_guesses_at_many_accounts_waits_without_any_work_done()
    {
        await using var host = await PeopleHost.StartAsync();
        for (var i = 0; i < 20; i++) await host.SignInAsync($"somebody{i}", "wrong password", "198.51.100.7");
        var before = host.Hasher.Derivations;

        var refused = await host.SignInAsync("admin", host.Admin.Password, "198.51.100.7");
        var elsewhere = await host.SignInAsync("admin", host.Admin.Password, "198.51.100.8");

        Assert.Equal(TimeSpan.FromSeconds(2), refused.RetryAfter);
        Assert.Equal(before + 1, host.Hasher.Derivations);
        Assert.NotNull(elsewhere.Session);
    }

    [Fact]
    public async Task A_session_slides_at_most_once_a_minute_and_ends_when_idle_or_after_its_longest_time()
    {
        await using var host = await PeopleHost.StartAsync();
        var token = await host.AdminTokenAsync();
        var opened = await SeenAsync(host);

        host.Clock.Advance(TimeSpan.FromSeconds(59));
        await host.SendAsync(new FindSession(token));
        Assert.Equal(opened, await SeenAsync(host));

        for (var day = 0; day < 6; day++)
        {
            host.Clock.Advance(TimeSpan.FromDays(4.5));
            Assert.NotNull(await host.SendAsync(new FindSession(token)));
        }

        host.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Null(await host.SendAsync(new FindSession(token)));

        var idle = await host.AdminTokenAsync();
        host.Clock.Advance(SessionRules.Idle);
        Assert.Null(await host.SendAsync(new FindSession(idle)));
    }

    [Fact]
    public async Task A_changed_password_ends_all_sessions_and_waiting_links_and_opens_a_new_session()
    {
        await using var host = await PeopleHost.StartAsync();
        var (here, there) = (await host.AdminTokenAsync(), await host.AdminTokenAsync());

        await Assert.ThrowsAsync<RuleBrokenException>(() => host.SendInAsync(here, new ChangePassword("not the current", "correct horse battery", "test")));
        var session = await host.SendInAsync(here, new ChangePassword(host.Admin.Password, "correct horse battery", "test"));

        Assert.Null(await host.SendAsync(new FindSession(here)));
        Assert.Null(await host.SendAsync(new FindSession(there)));
        Assert.Null(await host.SendAsync(new UseSignInLink(host.Admin.LinkToken, "test")));
        Assert.NotNull(await host.SendAsync(new FindSession(session.Token)));
        Assert.NotNull((await host.SignInAsync("admin", "correct horse battery")).Session);
    }

    [Theory]
    [InlineData("short", "password.short")]
    [InlineData("aaaaaaaaaaaaaa", "password.simple")]
    [InlineData("admin-admin-1", null)]
    public async Task Weak_passwords_are_refused(string password, string? code)
    {
        await using var host = await PeopleHost.StartAsync();
        var token = await host.AdminTokenAsync();

        var change = host.SendInAsync(token, new ChangePassword(host.Admin.Password, password, "test"));

        if (code is null) Assert.NotNull(await change);
        else Assert.Equal(code, (await Assert.ThrowsAsync<RuleBrokenException>(() => change)).Code);
    }

    [Fact]
    public async Task A_link_signs_in_once_within_a_day_and_lets_a_new_person_set_a_password_while_fresh()
    {
        await using var host = await PeopleHost.StartAsync();
        var id = await host.AddAsync("Ann", login: "ann");
        var link = await host.SendAsync(new CreateSignInLink(id));

        var uses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.SendAsync(new UseSignInLink(link.Token, "test"))));
        var session = Assert.Single(uses, s => s is not null)!;

        var again = await host.SendInAsync(session.Token, new ChangePassword(null, "a first pass phrase", "test"));
        await Assert.ThrowsAsync<RuleBrokenException>(() => host.SendInAsync(again.Token, new ChangePassword(null, "a second pass phrase", "test")));

        var late = await host.SendAsync(new CreateSignInLink(id));
        host.Clock.Advance(SessionRules.Link);
        Assert.Null(await host.SendAsync(new UseSignInLink(late.Token, "test")));
    }

    [Fact]
    public async Task Only_an_administrator_looks_as_somebody_and_only_as_an_active_demo_person()
    {
        await using var host = await PeopleHost.StartAsync();
        var (demo, real) = (await host.AddAsync("Demo", isDemo: true), await host.AddAsync("Real", login: "real"));
        var token = await host.AdminTokenAsync();

        Assert.Equal("viewas.demo", (await Assert.ThrowsAsync<RuleBrokenException>(() => host.SendInAsync(token, new StartViewAs(real)))).Code);
        await host.SendInAsync(token, new StartViewAs(demo));

        var session = (await host.SendAsync(new FindSession(token)))!;
        Assert.Equal((demo, false, host.Admin.PersonId), (session.Acting.Id, session.Acting.IsAdmin, session.SignedIn.Id));
        await Assert.ThrowsAsync<AccessDeniedException>(() => host.SendInAsync(token, new ChangePassword(host.Admin.Password, "correct horse battery", "test")));

        await host.SendInAsync(token, new StopViewAs());
        Assert.Null((await host.SendAsync(new FindSession(token)))!.ViewAs);

        var link = await host.SendAsync(new CreateSignInLink(real));
        var member = (await host.SendAsync(new UseSignInLink(link.Token, "test")))!;
        await Assert.ThrowsAsync<AccessDeniedException>(() => host.SendInAsync(member.Token, new StartViewAs(demo)));
    }

    [Fact]
    public async Task A_password_stored_with_fewer_rounds_is_stored_anew_at_the_next_sign_in()
    {
        await using var host = await PeopleHost.StartAsync(rounds: 500);
        using var old = new Infrastructure.Security.PasswordHasher(100);
        var stored = await old.HashAsync(host.Admin.Password, CancellationToken.None);
        await host.ReadAsync(db => db.People.Where(p => p.Id == host.Admin.PersonId).ExecuteUpdateAsync(set => set.SetProperty(p => p.PasswordHash, stored)));

        Assert.NotNull((await host.SignInAsync("admin", host.Admin.Password)).Session);

        Assert.StartsWith("1$500$", (await host.PersonAsync(host.Admin.PersonId)).PasswordHash, StringComparison.Ordinal);
        Assert.NotNull((await host.SignInAsync("admin", host.Admin.Password)).Session);
    }

    private static Task<DateTimeOffset> SeenAsync(PeopleHost host) => host.ReadAsync(db => db.SignInSessions.Select(s => s.LastSeenAt).SingleAsync());
}
