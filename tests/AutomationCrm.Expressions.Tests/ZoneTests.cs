using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests;

/// <summary>Berlin: clocks go forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00.</summary>
public sealed class ZoneTests
{
    private static readonly EvaluationContext Berlin = Some.Context with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };

    private static readonly Known Source = new Known().With("D:AT", Some.At("2026-03-28T08:00:00Z")).With("D:AUTUMN", Some.At("2026-10-24T07:00:00Z"));

    [Theory]
    [InlineData("=dateadd({=D:AT}, '1d')", "2026-03-29T07:00:00Z")]
    [InlineData("=dateadd({=D:AT}, '24h')", "2026-03-29T08:00:00Z")]
    [InlineData("=dateadd({=D:AUTUMN}, '1d')", "2026-10-25T08:00:00Z")]
    [InlineData("=settime('2026-03-29', 2, 30)", "2026-03-29T01:30:00Z")]
    [InlineData("=settime('2026-10-25', 2, 30)", "2026-10-25T00:30:00Z")]
    [InlineData("=settime('2026-10-25', 3, 30)", "2026-10-25T02:30:00Z")]
    [InlineData("=dateadd('2026-03-29', '0h')", "2026-03-29")]
    [InlineData("=datediff('2026-03-28', '2026-03-30', '%a')", "2")]
    [InlineData("=workdateadd('2026-03-27 17:00', '2h')", "2026-03-30T08:00:00Z")]
    public void A_change_of_the_clock_keeps_days_and_hours_apart(string formula, string outcome) =>
        Assert.Equal(outcome, Dump.Of(Template.Parse(formula).Evaluate(Source, Berlin)));

    [Fact]
    public void Today_is_the_day_of_the_zone()
    {
        var context = new EvaluationContext(Some.At("2026-01-05T23:30:00Z") is InstantValue at ? at.At : default) { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow") };

        Assert.Equal("2026-01-06", Dump.Of(Template.Parse("{=System:Date}").Evaluate(Source, context)));
    }
}
