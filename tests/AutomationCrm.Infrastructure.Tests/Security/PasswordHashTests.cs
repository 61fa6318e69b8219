using AutomationCrm.Application.People.Passwords;
using AutomationCrm.Infrastructure.Security;

namespace AutomationCrm.Infrastructure.Tests.Security;

public sealed class PasswordHashTests
{
    [Fact]
    public void A_stored_password_opens_with_the_password_and_nothing_near_it()
    {
        var stored = PasswordHash.Parse(PasswordHash.Of("correct horse", 1000).ToString())!;

        Assert.True(stored.Opens("correct horse"));
        Assert.All(new[] { "", "correct hors", "correct horse ", "Correct horse" }, wrong => Assert.False(stored.Opens(wrong)));
    }

    [Fact]
    public void The_same_password_is_never_stored_twice_the_same() =>
        Assert.NotEqual(PasswordHash.Of("correct horse", 1000).ToString(), PasswordHash.Of("correct horse", 1000).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1$1000$$")]
    [InlineData("1$0$AAAAAAAAAAAAAAAAAAAAAA==$AAAA")]
    [InlineData("2$1000$AAAAAAAAAAAAAAAAAAAAAA==$AAAA")]
    [InlineData("1$999999999999$AAAAAAAAAAAAAAAAAAAAAA==$AAAA")]
    public void Text_of_another_form_opens_nothing(string? stored) => Assert.Null(PasswordHash.Parse(stored));

    [Fact]
    public void The_rounds_are_at_least_what_the_rule_asks_for() => Assert.True(PasswordHasher.DefaultRounds >= 210_000);

    [Fact]
    public async Task An_unknown_person_costs_the_same_work_and_is_refused()
    {
        using var hasher = new PasswordHasher(1000);

        Assert.Equal(PasswordCheck.Wrong, await hasher.VerifyAsync(null, "anything", CancellationToken.None));
        Assert.Equal(1, hasher.Derivations);
    }

    [Fact]
    public async Task A_flood_is_refused_instead_of_queued_without_end()
    {
        using var hasher = new PasswordHasher(PasswordHasher.DefaultRounds / 10);

        var flood = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => Record.ExceptionAsync(() => hasher.HashAsync("a password", CancellationToken.None)))));

        Assert.Contains(flood, refused => refused is Domain.Common.RuleBrokenException { Code: "signin.busy" });
        Assert.Equal(flood.Count(refused => refused is null), hasher.Derivations);
    }
}
