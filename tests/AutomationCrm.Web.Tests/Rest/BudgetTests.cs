using System.Net;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest;

public sealed class BudgetTests
{
    [Fact]
    public async Task Requests_are_not_limited_unless_asked()
    {
        await using var host = await RestHost.StartAsync();

        for (var i = 0; i < 100; i++) Assert.Equal(HttpStatusCode.OK, (await host.GetAsync(RestHost.Hook + "profile")).Status);
    }

    [Fact]
    public async Task A_full_bucket_answers_503_and_leaks()
    {
        await using var host = await RestHost.StartAsync(("Rest:RateBurst", "3"), ("Rest:RatePerSecond", "2"));
        for (var i = 0; i < 3; i++) await host.GetAsync(RestHost.Hook + "profile");

        var full = await host.GetAsync(RestHost.Hook + "profile");
        host.Clock.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "QUERY_LIMIT_EXCEEDED"), (full.Status, full.Error));
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync(RestHost.Hook + "profile")).Status);
    }

    [Theory]
    [InlineData("false", HttpStatusCode.OK)]
    [InlineData("true", HttpStatusCode.ServiceUnavailable)]
    public async Task A_batch_costs_one_or_as_much_as_its_commands(string countsCommands, HttpStatusCode status)
    {
        await using var host = await RestHost.StartAsync(("Rest:RateBurst", "50"), ("Rest:RateCountsCommands", countsCommands));
        var fifty = $$"""{"cmd":[{{string.Join(',', Enumerable.Repeat("\"profile\"", 50))}}]}""";

        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync(RestHost.Hook + "batch", fifty)).Status);
        Assert.Equal(status, (await host.GetAsync(RestHost.Hook + "profile")).Status);
    }

    [Fact]
    public async Task A_method_over_its_operating_time_is_blocked_alone()
    {
        await using var host = await RestHost.StartAsync(("Rest:OperatingLimit", "0.0000001"));
        await host.GetAsync(RestHost.Hook + "profile");

        Assert.Equal("OPERATION_TIME_LIMIT", (await host.GetAsync(RestHost.Hook + "profile")).Error);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync(RestHost.Hook + "server.time")).Status);
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync(RestHost.Hook + "profile")).Status);
    }

    [Fact]
    public void Seconds_add_up_over_ten_minutes_and_leave_minute_by_minute()
    {
        var clock = new ManualClock(DateTimeOffset.UnixEpoch.AddDays(20_000));
        var meter = new OperatingMeter(clock);
        for (var minute = 0; minute < 10; minute++)
        {
            meter.Add(1, "a", TimeSpan.FromSeconds(2));
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(18, meter.Read(1, "a").Seconds);
        Assert.Equal(clock.GetUtcNow().AddMinutes(1), meter.Read(1, "a").ResetAt);
        Assert.Equal(0, meter.Read(2, "a").Seconds);
        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(0, meter.Read(1, "a").Seconds);
    }
}
