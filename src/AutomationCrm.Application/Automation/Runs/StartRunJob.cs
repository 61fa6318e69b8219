using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>Begins a run: stops what the former stage left waiting, then runs the first robot of every track.</summary>
internal sealed class StartRunJob(RunMemory memory, TrackRunner tracks, StageLeaver leaver, IUnitOfWork work) : IJobHandler
{
    public const string Kind = "run.start";

    string IJobHandler.Kind => Kind;

    public static string Args(long runId) => string.Create(CultureInfo.InvariantCulture, $"{{\"run\":{runId}}}");

    public async Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct)
    {
        await work.LockItemsAsync([.. jobs.Select(j => j.Lane.Item)], ct);
        await memory.LoadRunsAsync([.. jobs.Select(RunId)], withRobotRuns: false, ct);
        await memory.LoadActiveAsync([.. jobs.Select(j => j.Lane.Item)], ct);
    }

    public async Task RunAsync(Job job, CancellationToken ct)
    {
        if (memory.Run(RunId(job)) is not { State: RunState.Running } run) return;

        // Robots that a trigger starts join those of the stage; nothing is left.
        if (run.StartedBy is null) await leaver.LeaveAsync(new(run.TypeId, run.ItemId), run.ItemVersion, ct);
        if (await memory.AutomationOfAsync(run, ct) is not { } automation) return;
        foreach (var track in automation.TracksOf(run.StartedBy))
            await tracks.RunAsync(run, automation, new(run.Id, track, 0, null, Resume.Next), ct);
    }

    public async Task FailAsync(Job job, string message, CancellationToken ct)
    {
        if (memory.Run(RunId(job)) is not { State: RunState.Running } run) return;

        // The failed step took the leaving of the former stage back with it.
        if (run.StartedBy is null) await leaver.LeaveAsync(new(run.TypeId, run.ItemId), run.ItemVersion, ct);
        if (await memory.AutomationOfAsync(run, ct) is not { } automation) return;
        var own = automation.TracksOf(run.StartedBy).ToList();
        await tracks.RecordFailureAsync(run, automation, new(run.Id, own[0], 0, null, Resume.Next), message, ct);
        foreach (var track in own.Skip(1))
            tracks.Continue(run, track, 0);
    }

    private static long RunId(Job job)
    {
        using var args = JsonDocument.Parse(job.Args);
        return args.RootElement.GetProperty("run").GetInt64();
    }
}
