using System.Reflection;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

/// <summary>Lanes that were in a node's hands when the database went away.</summary>
public sealed class GivenBackTests
{
    [Fact]
    public async Task Workers_that_give_back_side_by_side_forget_no_claim()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "done" }));
        foreach (var _ in Enumerable.Range(0, 6)) await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        var store = DispatchProxy.Create<ILaneStore, BreakingStore>();
        var breaking = (BreakingStore)(object)store;
        breaking.Real = app.Services.GetRequiredService<ILaneStore>();
        var worker = ActivatorUtilities.CreateInstance<LaneWorker>(app.Services, store);

        // Some lanes for each, and both answers are lost.
        breaking.LostClaims = 2;
        var (one, other) = (worker.RunOnceAsync(app.Node, CancellationToken.None), worker.RunOnceAsync(app.Node, CancellationToken.None));
        await Assert.ThrowsAsync<IOException>(() => one);
        await Assert.ThrowsAsync<IOException>(() => other);
        Assert.Equal(2, await app.ScalarAsync<long>("select count(distinct lease_token) from lane where state = 1"));
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        breaking.BeforeThird = started.Task.ContinueWith(_ => Task.WhenAny(one, other), TaskScheduler.Default).Unwrap();
        breaking.Together = true;
        (one, other) = (worker.RunOnceAsync(app.Node, CancellationToken.None), worker.RunOnceAsync(app.Node, CancellationToken.None));
        started.SetResult();
        await Task.WhenAll(one, other).ContinueWith(_ => { }, TaskScheduler.Default);
        breaking.Together = false;
        while (await worker.RunOnceAsync(app.Node, CancellationToken.None) > 0) { }

        Assert.Equal(6, (await app.CommentsAsync()).Count);
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from lane where state = 1"));
    }

    [Fact]
    public async Task A_job_that_this_program_does_not_know_waits_for_a_person_instead_of_vanishing()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        var deal = await app.AddDealAsync();
        await app.DrainAsync();
        await app.SendAsync(new AddJob(ItemRef.Deal(deal), "of.tomorrow", """{"Run":null}"""));

        await app.DrainAsync();

        Assert.Equal("job.unknown of.tomorrow", await app.ScalarAsync<string>("select code || ' ' || job_kind from incident"));
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from job"));
    }

    /// <summary>The real store behind a connection that loses answers, that lets two give back only together, and that breaks at the third time.</summary>
    public class BreakingStore : DispatchProxy
    {
        private readonly TaskCompletionSource both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource allClaimed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int givingBack;

        internal ILaneStore Real { get; set; } = null!;

        internal int LostClaims { get; set; }

        internal bool Together { get; set; }

        internal Task BeforeThird { get; set; } = Task.CompletedTask;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            nameof(ILaneStore.ClaimAsync) => ClaimAsync((int)args![0]!, (Guid)args[1]!, (int)args[2]!, (int)args[3]!),
            nameof(ILaneStore.ReleaseAsync) when args!.Length == 3 && args[0] is int node => ReleaseAsync(node, (Guid)args[1]!),
            _ => targetMethod.Invoke(Real, args),
        };

        private async Task<IReadOnlyList<ClaimedLane>> ClaimAsync(int node, Guid token, int lanes, int jobsEach)
        {
            if (LostClaims <= 0) return await Real.ClaimAsync(node, token, lanes, jobsEach, CancellationToken.None);
            var last = --LostClaims == 0;
            await Real.ClaimAsync(node, token, 1, jobsEach, CancellationToken.None);
            // Neither gives anything back before both have claimed.
            if (last) allClaimed.SetResult();
            await allClaimed.Task;
            throw new IOException("The answer is lost.");
        }

        private async Task ReleaseAsync(int node, Guid token)
        {
            if (Together)
            {
                var turn = Interlocked.Increment(ref givingBack);
                if (turn == 2) both.TrySetResult();
                await both.Task;
                if (turn == 3)
                {
                    await BeforeThird;
                    throw new IOException("The connection is gone once more.");
                }
            }

            await Real.ReleaseAsync(node, token, CancellationToken.None);
        }
    }
}
