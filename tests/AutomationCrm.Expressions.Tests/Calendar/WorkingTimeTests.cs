using System.Globalization;
using AutomationCrm.Expressions.Calendar;

namespace AutomationCrm.Expressions.Tests.Calendar;

public sealed class WorkingTimeTests
{
    private static readonly BusinessCalendar Office = new()
    {
        DayStart = new TimeOnly(9, 0),
        DayEnd = new TimeOnly(18, 0),
        YearlyHolidays = [(1, 1), (1, 7)],
        ExtraDaysOff = [new DateOnly(2026, 1, 8)],
        ExtraWorkingDays = [new DateOnly(2026, 1, 10)],
    };

    [Theory]
    [InlineData("2026-01-01", false)]
    [InlineData("2027-01-07", false)]
    [InlineData("2026-01-08", false)]
    [InlineData("2027-01-08", true)]
    [InlineData("2026-01-10", true)]
    [InlineData("2026-01-11", false)]
    [InlineData("2026-01-12", true)]
    public void Days_follow_the_week_the_holidays_and_the_exceptions(string day, bool works) =>
        Assert.Equal(works, Office.IsWorkingDay(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-01-06 17:30", "1h", "2026-01-09 09:30")]
    [InlineData("2026-01-09 17:00", "2h", "2026-01-10 10:00")]
    [InlineData("2026-01-10 12:00", "-5h", "2026-01-09 16:00")]
    [InlineData("2026-01-06 09:00", "2d", "2026-01-10 09:00")]
    [InlineData("2026-01-06 09:00", "9h", "2026-01-09 09:00")]
    [InlineData("2026-01-09 09:00", "-9h", "2026-01-06 09:00")]
    public void Working_time_jumps_over_days_off(string from, string interval, string to)
    {
        var context = Some.Context with { Calendar = Office };

        var moved = Template.Parse($"=date('Y-m-d H:i', workdateadd('{from}', '{interval}'))").Evaluate(new Known(), context);

        Assert.Equal($"\"{to}\"", Dump.Of(moved));
    }

    [Fact]
    public void A_day_may_end_at_midnight()
    {
        var context = Some.Context with { Calendar = new BusinessCalendar { DayStart = TimeOnly.MinValue, DayEnd = TimeOnly.MinValue, DaysOff = [] } };

        Assert.Equal("\"2026-01-07 10:00\"", Dump.Of(Template.Parse("=date('Y-m-d H:i', workdateadd('2026-01-05 10:00', '48h'))").Evaluate(new Known(), context)));
        Assert.Equal("\"2026-01-03 10:00\"", Dump.Of(Template.Parse("=date('Y-m-d H:i', workdateadd('2026-01-05 10:00', '-48h'))").Evaluate(new Known(), context)));
    }

    [Fact]
    public void Where_nobody_works_the_search_ends_with_a_failure()
    {
        var nobody = Some.Context with { Calendar = new BusinessCalendar { DaysOff = [.. Enum.GetValues<DayOfWeek>()] } };
        var noHours = Some.Context with { Calendar = new BusinessCalendar { DayStart = new TimeOnly(9, 0), DayEnd = new TimeOnly(8, 0) } };

        foreach (var formula in new[] { "=workdateadd('2026-01-05', '1h')", "=workdateadd('2026-01-05', '-1h')", "=addworkdays('2026-01-05', 1)" })
            Assert.Equal("!no_working_time", Dump.Of(Template.Parse(formula).Evaluate(new Known(), nobody)));
        Assert.Equal("!no_working_time", Dump.Of(Template.Parse("=workdateadd('2026-01-05', '1h')").Evaluate(new Known(), noHours)));
    }

    [Fact]
    public void The_calendar_may_have_a_zone_of_its_own()
    {
        var context = Some.Context with { Calendar = Office with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo") } };

        Assert.Equal("yes", Dump.Of(Template.Parse("=isworktime('2026-01-05 00:30')").Evaluate(new Known(), context)));
        Assert.Equal("2026-01-05T02:00:00Z", Dump.Of(Template.Parse("=workdateadd('2026-01-05 01:00', '1h')").Evaluate(new Known(), context)));
    }

    [Fact]
    public void There_and_back_ends_where_it_began()
    {
        var context = Some.Context with { Calendar = Office };
        for (var minutes = 1; minutes < 6000; minutes += 97)
        {
            var there = $"workdateadd('2026-01-06 10:07', '{minutes.ToString(CultureInfo.InvariantCulture)}i')";
            var back = Template.Parse($"=date('Y-m-d H:i', workdateadd({there}, '-{minutes.ToString(CultureInfo.InvariantCulture)}i'))").Evaluate(new Known(), context);
            Assert.Equal("\"2026-01-06 10:07\"", Dump.Of(back));
        }
    }
}
