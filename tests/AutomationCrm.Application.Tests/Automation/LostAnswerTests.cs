using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

/// <summary>The database answers no more, after it has done what it was asked: the node lives on, so nobody else would free what it holds.</summary>
public sealed class LostAnswerTests
{
    [Theory]
    [InlineData("test_effect")]
    [InlineData("test_exact")]
    public async Task Deliveries_whose_claim_got_no_answer_are_sent_once_by_the_same_node(string robot)
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot(robot));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.Services.GetRequiredService<LaneWorker>().RunOnceAsync(app.Node, CancellationToken.None);
        var outbox = new SilentOutbox(app.Services.GetRequiredService<IDeliveryStore>()) { LostClaims = 1 };
        var sender = Sender(app, outbox);

        await Assert.ThrowsAsync<NpgsqlException>(() => sender.RunOnceAsync(app.Node, 10, CancellationToken.None));
        await sender.RunOnceAsync(app.Node, 10, CancellationToken.None);

        Assert.Equal(1, Assert.Single(app.Services.GetRequiredService<TestOutside>().Received).Attempt);
        Assert.Equal(DeliveryState.Delivered, (await app.ReadAsync(db => db.Deliveries.SingleAsync())).State);
    }

    [Fact]
    public async Task A_destination_is_not_full_of_calls_that_never_began()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_effect"));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.Services.GetRequiredService<LaneWorker>().RunOnceAsync(app.Node, CancellationToken.None);
        var outbox = new SilentOutbox(app.Services.GetRequiredService<IDeliveryStore>()) { RefusedClaims = DestinationGate.MostAtOnce };
        var sender = Sender(app, outbox);

        for (var i = 0; i < DestinationGate.MostAtOnce; i++)
            await Assert.ThrowsAsync<NpgsqlException>(() => sender.RunOnceAsync(app.Node, 10, CancellationToken.None));

        Assert.Equal(1, await sender.RunOnceAsync(app.Node, 10, CancellationToken.None));
    }

    private static DeliveryWorker Sender(AppFixture app, SilentOutbox outbox)
    {
        var gate = new DestinationGate(TimeProvider.System);
        var picker = new DeliveryPicker(outbox, gate, TimeProvider.System, NullLogger<DeliveryPicker>.Instance);
        return ActivatorUtilities.CreateInstance<DeliveryWorker>(app.Services, outbox, gate, picker);
    }

    /// <summary>The real outbox behind a connection that breaks.</summary>
    private sealed class SilentOutbox(IDeliveryStore real) : IDeliveryStore
    {
        public int LostClaims { get; set; }

        public int RefusedClaims { get; set; }

        public Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(int node, int most, CancellationToken ct) => real.ClaimAsync(node, most, ct);

        public async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(int node, Guid token, IReadOnlyCollection<Guid> keys, CancellationToken ct)
        {
            if (RefusedClaims-- > 0) throw Broken();
            var claimed = await real.ClaimAsync(node, token, keys, ct);
            return LostClaims-- > 0 ? throw Broken() : claimed;
        }

        public Task<IReadOnlyList<DueDelivery>> DueAsync(int most, IReadOnlyCollection<string> without, CancellationToken ct) => real.DueAsync(most, without, ct);

        public Task<int> PutOffAsync(string destination, TimeSpan pause, CancellationToken ct) => real.PutOffAsync(destination, pause, ct);

        public Task GiveBackAsync(int node, Guid token, CancellationToken ct) => real.GiveBackAsync(node, token, ct);

        public Task<bool> CompleteAsync(DeliveryOutcome outcome, CancellationToken ct) => real.CompleteAsync(outcome, ct);

        public Task PostponeAsync(ClaimedDelivery claimed, TimeSpan pause, string? held, CancellationToken ct) => real.PostponeAsync(claimed, pause, held, ct);

        public Task<TimeSpan?> NextDueAsync(CancellationToken ct) => real.NextDueAsync(ct);

        private static NpgsqlException Broken() => new("The connection is gone.");
    }
}
