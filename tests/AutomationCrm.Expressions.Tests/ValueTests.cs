using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests;

public sealed class ValueTests
{
    [Fact]
    public void Lists_are_equal_by_their_items() =>
        Assert.Equal(Value.Of([Value.Of(1m), Value.Of("a")]), Value.Of([Value.Of(1m), Value.Of("a")]));

    [Fact]
    public void An_instant_is_kept_in_utc() =>
        Assert.Equal(TimeSpan.Zero, ((InstantValue)Value.Of(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.FromHours(3)))).At.Offset);
}
