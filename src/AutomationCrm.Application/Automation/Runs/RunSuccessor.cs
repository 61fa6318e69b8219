using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Data;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>A run that goes on with the work of another by a newer version: what was told, put aside and done is taken over.</summary>
internal sealed class RunSuccessor(IUnitOfWork work)
{
    public async Task<Run> OpenAsync(Run run, StageAutomation automation, string cause, long? causedBy, int openTracks, CancellationToken ct)
    {
        var next = new Run
        {
            Id = await work.NextIdAsync(ct),
            TypeId = run.TypeId,
            ItemId = run.ItemId,
            PipelineId = run.PipelineId,
            StageId = run.StageId,
            ConfigVersion = automation.Version,
            ItemVersion = run.ItemVersion,
            ChainId = run.ChainId,
            Depth = run.Depth,
            ChainCount = run.ChainCount,
            Cause = cause,
            CauseRobotRunId = causedBy,
            ActorId = work.Caller.PersonId,
            RunAs = run.RunAs,
            FromStageId = run.FromStageId,
            StartedBy = run.StartedBy,
            Facts = run.Facts,
            State = RunState.Running,
            OpenTracks = openTracks,
            StartedAt = work.Now,
            HoldUntil = run.HoldUntil,
            Variables = run.Variables,
        };
        work.Changes.Add(work.Changes.NewRuns, next);
        // Variables are written with changes of a run.
        if (next.Variables is not null) work.Changes.Add(work.Changes.ChangedRuns, next);
        return next;
    }

    /// <summary>Robots that have done their work, so that later ones find their results.</summary>
    /// <param name="from">Where the tracks go on; what comes from there on is not taken over.</param>
    public async Task TakeOverAsync(Run run, IEnumerable<RobotRun> known, Run next, StageAutomation automation, IReadOnlyList<RobotPlan> from, CancellationToken ct)
    {
        var plans = automation.Tracks.SelectMany(t => t).ToDictionary(p => p.Key);
        foreach (var old in known.Where(r => r.State is RobotRunState.Done or RobotRunState.Skipped))
        {
            if (!plans.TryGetValue(old.RobotKey, out var plan) || from.Any(f => plan.Track == f.Track && plan.Position >= f.Position)) continue;

            work.Changes.Add(work.Changes.NewRobotRuns, await CopyAsync(old, next, plan, run.ConfigVersion, ct));
        }
    }

    private async Task<RobotRun> CopyAsync(RobotRun old, Run next, RobotPlan plan, int version, CancellationToken ct) => new()
    {
        Id = await work.NextIdAsync(ct),
        RunId = next.Id,
        TypeId = old.TypeId,
        ItemId = old.ItemId,
        StageId = old.StageId,
        Track = plan.Track,
        Position = plan.Position,
        RobotKey = old.RobotKey,
        RobotType = old.RobotType,
        Name = old.Name,
        State = old.State,
        Attempt = old.Attempt,
        RawSettings = old.RawSettings,
        Settings = old.Settings,
        Operands = old.Operands,
        Results = old.Results,
        Code = RobotRun.TakenOver,
        Message = $"Done by version {version}.",
        PlannedAt = old.PlannedAt,
        StartedAt = old.StartedAt,
        FinishedAt = old.FinishedAt,
        DurationUs = old.DurationUs,
    };
}
