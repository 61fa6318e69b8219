using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>Continues a parked track: a timer is due, an effect has an outcome, a person has decided.</summary>
internal sealed class ContinueTrackJob(RunMemory memory, TrackRunner tracks, IUnitOfWork work) : IJobHandler
{
    public string Kind => TrackJob.Kind;

    public async Task PrefetchAsync(IReadOnlyList<Job> jobs, CancellationToken ct)
    {
        // The lock first: whoever changes a run from outside its lane holds the item's row, so what is read now stays true until the commit.
        await work.LockItemsAsync([.. jobs.Select(j => j.Lane.Item)], ct);
        var parked = jobs.Select(j => (j.Lane.Item, Track: TrackJob.Parse(j.Args))).ToList();
        await memory.LoadRunsAsync([.. parked.Select(p => p.Track.Run)], withRobotRuns: true, ct);
        await memory.LoadMovesAsync([.. parked.Where(p => p.Track.Resume == Resume.Next).Select(p => p.Item)], ct);
    }

    public async Task RunAsync(Job job, CancellationToken ct)
    {
        var track = TrackJob.Parse(job.Args);
        if (memory.Run(track.Run) is not { State: RunState.Running } run || await memory.AutomationOfAsync(run, ct) is not { } automation) return;

        // A robot whose turn was put off leaves no mark that leaving the stage could have cancelled.
        await tracks.RunAsync(run, automation, track, ct, left: track.Resume == Resume.Next && memory.LeftBehind(run));
    }

    public async Task FailAsync(Job job, string message, CancellationToken ct)
    {
        var track = TrackJob.Parse(job.Args);
        if (memory.Run(track.Run) is { State: RunState.Running } run && await memory.AutomationOfAsync(run, ct) is { } automation)
            await tracks.RecordFailureAsync(run, automation, track, message, ct);
    }
}
