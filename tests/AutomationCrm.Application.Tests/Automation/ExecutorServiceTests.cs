using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Hosting;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

public class ExecutorServiceTests
{
    [Fact]
    public async Task The_executor_works_by_itself_and_stops_in_order()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("wait", new { duration = "PT0.3S" }), Robot("add_comment", new { text = "done" }) with { AfterPrevious = true });
        using var executor = ActivatorUtilities.CreateInstance<ExecutorService>(app.Services);
        await executor.StartAsync(CancellationToken.None);
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await Eventually.Async(async () => (await app.CommentsAsync()).Count == 1);
        await executor.StopAsync(CancellationToken.None);

        Assert.Equal(RunState.Done, Assert.Single(await app.RunsAsync()).State);
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from node where stopped_at is not null"));
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from lane where state = 1"));
    }

    [Fact]
    public async Task A_destination_that_hangs_holds_up_nobody_else_and_its_call_is_not_broken_off()
    {
        var hanging = new HangingSender();
        await using var app = await AppFixture.StartAsync(services =>
        {
            TestRobots.Add(services);
            services.AddSingleton<IEffectSender>(hanging);
            services.AddSingleton<IRobot, HangingRobot>();
        });
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_hanging"));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("test_effect"));
        using var executor = ActivatorUtilities.CreateInstance<ExecutorService>(app.Services);
        await executor.StartAsync(CancellationToken.None);
        for (var i = 0; i < 10; i++) await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await Eventually.Async(() => hanging.Begun == 4);

        for (var i = 0; i < 10; i++) await app.MoveAsync(await app.AddDealAsync(), Deals.Second);
        await Eventually.Async(() => app.Services.GetRequiredService<TestOutside>().Received.Count == 10);
        Assert.Equal(4, hanging.Begun);

        var stopping = executor.StopAsync(CancellationToken.None);
        hanging.Release.SetResult();
        await stopping;
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from delivery where state = 1"));
        Assert.Equal(hanging.Begun, await app.ScalarAsync<long>("select count(*) from delivery where effect_kind = 'hanging' and state = 2"));
    }

    private sealed class HangingSender : IEffectSender
    {
        private int begun;

        public string Kind => "hanging";

        public int Begun => Volatile.Read(ref begun);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<SendResult> SendAsync(string requestJson, Guid effectKey, int attempt, CancellationToken ct)
        {
            Interlocked.Increment(ref begun);
            await Release.Task.WaitAsync(ct);
            return new(200, "", null, Retryable: false);
        }
    }

    private sealed class HangingRobot() : Robot<TestSettings>("test_hanging", RobotKind.Effect, "other")
    {
        protected override PreparedEffect Prepare(TestSettings settings, RobotContext context) => new("hanging", "https://hanging.example", "{}");
    }
}
