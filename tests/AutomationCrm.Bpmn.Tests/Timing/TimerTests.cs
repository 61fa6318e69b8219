using AutomationCrm.Bpmn.Timing;

namespace AutomationCrm.Bpmn.Tests.Timing;

public sealed class TimerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 28, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("PT1H", "2026-03-28T11:00:00Z")]
    [InlineData("PT1.5S", "2026-03-28T10:00:01.5Z")]
    [InlineData("P1D", "2026-03-29T10:00:00Z")]
    [InlineData("P1M", "2026-04-28T10:00:00Z")]
    [InlineData("P1Y2M3DT4H5M6S", "2027-05-31T14:05:06Z")]
    [InlineData("P2W", "2026-04-11T10:00:00Z")]
    [InlineData("P0.5D", "2026-03-28T22:00:00Z")]
    [InlineData("-PT1H", "2026-03-28T09:00:00Z")]
    public void A_duration_is_added(string text, string expected)
    {
        Assert.True(IsoDuration.TryParse(text, out var duration));
        Assert.Equal(DateTimeOffset.Parse(expected), duration.After(Start, TimeZoneInfo.Utc));
    }

    [Fact]
    public void W2_A_day_keeps_its_time_across_a_clock_change_24_hours_do_not()
    {
        Assert.True(IsoDuration.TryParse("P1D", out var day));
        Assert.True(IsoDuration.TryParse("PT24H", out var hours));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 9, 0, 0, TimeSpan.Zero), day.After(Start, Berlin));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 10, 0, 0, TimeSpan.Zero), hours.After(Start, Berlin));
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("1H")]
    [InlineData("PX")]
    [InlineData("P1H")]
    [InlineData("PT1D")]
    [InlineData("PT99999999999999H")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(IsoDuration.TryParse(text, out _));

    [Theory]
    [InlineData("R3/PT1H", 3, "2026-03-28T11:00:00Z")]
    [InlineData("R/PT1H", -1, "2026-03-28T11:00:00Z")]
    [InlineData("R2/2026-04-01T00:00:00Z/P1D", 2, "2026-04-01T00:00:00Z")]
    [InlineData("R/2026-03-28T09:30:00Z/PT1H", -1, "2026-03-28T10:30:00Z")]
    [InlineData("2026-05-01T08:00:00+02:00", 1, "2026-05-01T06:00:00Z")]
    [InlineData("0 9 * * MON-FRI", -1, "2026-03-30T09:00:00Z")]
    [InlineData("0 0/15 * * * ?", -1, "2026-03-28T10:15:00Z")]
    [InlineData("0 0 1 * *", -1, "2026-04-01T00:00:00Z")]
    public void A_plan_says_when_and_how_often(string text, int times, string due)
    {
        Assert.True(TimerPlan.TryRead(text, Start, TimeZoneInfo.Utc, TimeSpan.FromSeconds(1), out var plan, out var problem), problem);
        Assert.Equal((times, DateTimeOffset.Parse(due)), (plan.Times, plan.Due.ToUniversalTime()));
    }

    [Theory]
    [InlineData("R/PT0S")]
    [InlineData("R0/PT1H")]
    [InlineData("Rx/PT1H")]
    [InlineData("R/")]
    [InlineData("soon")]
    [InlineData("61 * * * *")]
    [InlineData("0 0 31 2 *")]
    public void What_is_no_plan_is_refused_with_a_sentence(string text)
    {
        Assert.False(TimerPlan.TryRead(text, Start, TimeZoneInfo.Utc, TimeSpan.FromSeconds(1), out _, out var problem));
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cron_line_is_read_in_its_zone()
    {
        Assert.True(TimerPlan.TryRead("30 2 * * *", Start, Berlin, TimeSpan.Zero, out var plan, out _));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), plan.Due);
    }
}
