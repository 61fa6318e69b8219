using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Application.Calendar;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

/// <summary>Rows of reference bitrix-automation 1.3, "run time": what a delay comes to, and how a robot waits for it.</summary>
public class DelayTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    // Monday 2 November 2026, 15:00 in Berlin.
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("PT10M", null, false, "2026-11-02 15:10")]
    [InlineData("P1D", "09:00", false, "2026-11-03 09:00")]
    [InlineData("", "09:00", false, "2026-11-03 09:00")]
    [InlineData("", "17:00", false, "2026-11-02 17:00")]
    [InlineData("PT4H", null, true, "2026-11-03 10:00")]
    [InlineData("P1D", null, true, "2026-11-03 15:00")]
    [InlineData("P4D", "08:30", true, "2026-11-06 08:30")]
    [InlineData("P1M", null, false, "2026-12-02 15:00")]
    public void After_a_duration(string after, string? time, bool workTime, string expected) =>
        Assert.Equal(expected, Shown(Compute(new() { After = after, Time = time, WorkTime = workTime }, Value.Null)));

    [Theory]
    [InlineData("-P1D", null, false, "2026-11-09 00:00")]
    [InlineData("-P1D", "09:00", false, "2026-11-09 09:00")]
    [InlineData("P1D", "09:00", false, "2026-11-11 09:00")]
    [InlineData(null, "09:00", false, "2026-11-10 09:00")]
    [InlineData("-P2D", null, true, "2026-11-06 09:00")]
    [InlineData("PT2H", null, true, "2026-11-10 11:00")]
    public void Before_after_and_at_a_date(string? offset, string? time, bool workTime, string expected) =>
        Assert.Equal(expected, Shown(Compute(new() { At = "CLOSEDATE", Offset = offset, Time = time, WorkTime = workTime }, Value.Of(new DateOnly(2026, 11, 10)))));

    [Fact]
    public void An_empty_date_runs_at_once_or_not_at_all()
    {
        Assert.Equal(DelayAnswer.Now, Compute(new() { At = "CLOSEDATE" }, Value.Null));
        Assert.Equal("delay.empty", Compute(new() { At = "CLOSEDATE", Empty = "skip" }, Value.Null).Skip!.Value.Code);
    }

    [Fact]
    public void A_moment_in_the_past_runs_at_once_or_not_at_all()
    {
        var past = Value.Of(new DateOnly(2026, 1, 1));
        Assert.Equal(DelayAnswer.Now, Compute(new() { At = "CLOSEDATE" }, past));
        Assert.Equal("delay.past", Compute(new() { At = "CLOSEDATE", Past = "skip" }, past).Skip!.Value.Code);
    }

    [Fact]
    public void What_is_no_date_is_a_problem_and_never_at_once() =>
        Assert.Equal("delay.unresolved", Compute(new() { At = "CLOSEDATE" }, Value.Of("soon")).Problem!.Value.Code);

    [Fact]
    public void The_hour_that_summer_time_skips_does_not_lose_the_delay() =>
        Assert.Equal("2026-03-29 03:30", Shown(Compute(new() { At = "CLOSEDATE", Time = "02:30" }, Value.Of(new DateOnly(2026, 3, 29)), new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero))));

    [Fact]
    public async Task A_waiting_robot_follows_its_date_when_asked_to()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "soon" }) with { Delay = new() { At = "CLOSEDATE", Offset = "-P1D", Recompute = true } });
        var deal = await app.AddDealAsync();
        await SetCloseDateAsync(app, deal, 30);
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        var first = Assert.Single(await app.RobotRunsAsync());
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from watch"));

        await SetCloseDateAsync(app, deal, 60);
        await app.DrainAsync();

        var second = Assert.Single(await app.RobotRunsAsync());
        Assert.Equal((RobotRunState.Waiting, 30), (second.State, (second.DueAt!.Value - first.DueAt!.Value).Days));
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from timer where robot_run_id is not null"));
        await app.TravelAsync(TimeSpan.FromDays(61));
        await app.DrainAsync();

        Assert.Equal(["soon"], await app.CommentsAsync());
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from watch"));
    }

    [Fact]
    public async Task Without_being_asked_to_it_keeps_the_moment_it_has_computed()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "soon" }) with { Delay = new() { At = "CLOSEDATE" } });
        var deal = await app.AddDealAsync();
        await SetCloseDateAsync(app, deal, 30);
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        var first = Assert.Single(await app.RobotRunsAsync());

        await SetCloseDateAsync(app, deal, 60);
        await app.DrainAsync();

        Assert.Equal(first.DueAt, Assert.Single(await app.RobotRunsAsync()).DueAt);
    }

    [Fact]
    public async Task The_business_calendar_decides_what_working_time_is()
    {
        await using var app = await AppFixture.StartAsync();
        Assert.Equal(1, await app.SendAsync(new SaveCalendar(new() { TimeZone = "Europe/Berlin", Week = new Dictionary<string, WorkDay> { ["monday"] = new("10:00", "12:00"), ["wednesday"] = new("09:00", "17:00") }, YearlyHolidays = ["12-25"] }, 0)));
        await Assert.ThrowsAsync<Common.Errors.ConflictException>(() => app.SendAsync(new SaveCalendar(new(), 0)));
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.SendAsync(new SaveCalendar(new() { TimeZone = "Nowhere/Land" }, 1)));
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.SendAsync(new SaveCalendar(new() { Week = new Dictionary<string, WorkDay> { ["monday"] = new("18:00", "09:00") } }, 1)));

        var view = await app.SendAsync(new GetCalendar());

        Assert.Equal((1, "Europe/Berlin", 2), (view.Version, view.Config.TimeZone, view.Config.Week.Count));
        Assert.All(view.Examples, e => Assert.Contains(Zones.ToLocal(e.At!.Value, Berlin).DayOfWeek, (DayOfWeek[])[DayOfWeek.Monday, DayOfWeek.Wednesday]));
    }

    private static Task SetCloseDateAsync(AppFixture app, long deal, int days) =>
        app.SendAsync(new UpdateItem(ItemRef.Deal(deal), new Dictionary<string, Value> { [FieldCodes.CloseDate] = Value.Of(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(days))) }));

    private static DelayAnswer Compute(DelayConfig config, Value date, DateTimeOffset? now = null) =>
        DelayClock.Compute(
            StageAutomation.Compile(1, new() { Robots = [Robot("wait") with { Delay = config }] }).Tracks[0][0].Delay!,
            new One(date),
            new EvaluationContext(now ?? Monday) { TimeZone = Berlin, Calendar = Expressions.Calendar.BusinessCalendar.Default with { TimeZone = Berlin } });

    private static string Shown(DelayAnswer answer) => Zones.ToLocal(answer.Until!.Value, Berlin).ToString("yyyy-MM-dd HH:mm");

    private sealed class One(Value value) : IValueSource
    {
        public Value? Get(string path) => value;
    }
}
