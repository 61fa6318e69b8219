using System.Diagnostics.Metrics;
using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Tests.Import;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

/// <summary>Whoever was taken for dead and comes back is refused, and counted.</summary>
public sealed class StaleWriterTests
{
    [Fact]
    public async Task A_worker_that_lost_its_lane_at_work_is_counted_once()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        using var counted = new Counted(app.Services);
        var outside = app.Services.GetRequiredService<TestOutside>();
        (outside.Failures, outside.Outage) = (1, () => app.ExecuteAsync("update lane set lease_token = gen_random_uuid() where state = 1"));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_outage"));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await app.Services.GetRequiredService<LaneWorker>().RunOnceAsync(app.Node, CancellationToken.None);

        Assert.Equal([StaleWriters.Lane], counted.Works);
        Assert.Empty(await app.CommentsAsync());
    }

    [Fact]
    public async Task A_sender_that_lost_its_delivery_under_way_is_counted_once()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        using var counted = new Counted(app.Services);
        var outside = app.Services.GetRequiredService<TestOutside>();
        outside.Answer = _ =>
        {
            app.ExecuteAsync("update delivery set lease_token = gen_random_uuid() where state = 1").GetAwaiter().GetResult();
            return new(200, "ok", null, Retryable: false);
        };
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_effect"));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.Services.GetRequiredService<LaneWorker>().RunOnceAsync(app.Node, CancellationToken.None);

        await app.Services.GetRequiredService<DeliveryWorker>().RunOnceAsync(app.Node, 10, CancellationToken.None);

        Assert.Equal([StaleWriters.Delivery], counted.Works);
    }

    [Fact]
    public async Task An_importer_that_lost_its_import_is_counted_once()
    {
        await using var bench = await ImportBench.StartAsync(chunk: 10);
        using var counted = new Counted(bench.App.Services);
        await bench.StartAsync(SalesFiles.Many(30));
        bench.Hinted.OnHint = () => bench.App.ExecuteAsync("update import_job set lease_token = gen_random_uuid()").GetAwaiter().GetResult();

        await bench.Runner.RunNextAsync(CancellationToken.None);

        Assert.Equal([StaleWriters.Import], counted.Works);
    }

    /// <summary>What the counter of one app says; other tests have apps of their own.</summary>
    private sealed class Counted : IDisposable
    {
        private readonly MeterListener listener = new();

        public Counted(IServiceProvider services)
        {
            var counter = services.GetRequiredService<StaleWriters>().Counter;
            Assert.Equal(("AutomationCrm", "crm.stale_writes"), (counter.Meter.Name, counter.Name));
            listener.InstrumentPublished = (instrument, to) =>
            {
                if (ReferenceEquals(instrument, counter)) to.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            {
                for (var i = 0; i < count; i++) Works.Add((string)tags[0].Value!);
            });
            listener.Start();
        }

        public List<string> Works { get; } = [];

        public void Dispose() => listener.Dispose();
    }
}
