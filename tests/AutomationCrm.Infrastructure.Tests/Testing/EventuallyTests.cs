using AutomationCrm.Testing;

namespace AutomationCrm.Infrastructure.Tests.Testing;

public sealed class EventuallyTests
{
    [Fact]
    public async Task Returns_as_soon_as_the_condition_is_true()
    {
        var asked = 0;

        await Eventually.Async(() => ++asked == 3);

        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Says_which_condition_did_not_become_true()
    {
        var open = false;

        var e = await Assert.ThrowsAsync<TimeoutException>(() => Eventually.Async(() => open, TimeSpan.FromMilliseconds(20)));

        Assert.Contains("() => open", e.Message, StringComparison.Ordinal);
    }
}
