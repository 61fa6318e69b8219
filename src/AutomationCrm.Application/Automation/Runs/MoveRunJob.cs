using System.Text.Json;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Common;
using Microsoft.Extensions.Logging;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>Moves one of many runs to the newest version, in its item's lane. One that cannot be moved stays with its version.</summary>
internal sealed class MoveRunJob(IUnitOfWork work, RunMemory memory, RunMover mover, ILogger<MoveRunJob> log) : IJobHandler
{
    public const string Kind = "run.latest";

    string IJobHandler.Kind => Kind;

    public static string Args(long run, long by) => JsonSerializer.Serialize(new Order(run, by));

    public async Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct)
    {
        await work.LockItemsAsync([.. jobs.Select(j => j.Lane.Item)], ct);
        await memory.LoadRunsAsync([.. jobs.Select(j => Parse(j).Run)], withRobotRuns: true, ct);
    }

    public async Task RunAsync(Job job, CancellationToken ct)
    {
        var order = Parse(job);
        if (memory.Run(order.Run) is not { } run || await work.FindItemAsync(job.Lane.Item, ct) is null) return;

        work.Caller.Become(order.By, isAdmin: true, Origin.Robot);
        try
        {
            await mover.MoveAsync(run, memory.RobotRunsOf(run.Id), ct);
        }
        catch (RuleBrokenException stays)
        {
            log.LogInformation("Run {Run} keeps its version: {Code}", run.Id, stays.Code);
        }
        finally
        {
            work.Caller.Become(Caller.SystemId, isAdmin: true, Origin.Robot);
        }
    }

    /// <summary>Nothing has happened to the run.</summary>
    public Task FailAsync(Job job, string message, CancellationToken ct)
    {
        log.LogWarning("Run {Run} could not be moved to the newest version: {Message}", Parse(job).Run, message);
        return Task.CompletedTask;
    }

    private static Order Parse(Job job) => JsonSerializer.Deserialize<Order>(job.Args)!;

    private sealed record Order(long Run, long By);
}
