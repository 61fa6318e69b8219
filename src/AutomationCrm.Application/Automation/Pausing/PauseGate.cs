using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;

namespace AutomationCrm.Application.Automation.Pausing;

/// <summary>Holds the next step of a run while its stage or pipeline is paused. A dry run knows no pause.</summary>
internal sealed class PauseGate(UnitOfWork work, RehearsalSlot rehearsal)
{
    /// <returns>Whether the step waits; it is put aside with this unit.</returns>
    public bool Holds(Run run, TrackJob turn)
    {
        // What a robot has begun comes to its end; robots that a person started by hand are not the stage's.
        if (turn.Resume is Resume.Sent or Resume.Waited or Resume.Skip or Resume.MarkDone || run.LaunchId is not null || rehearsal.Current is not null) return false;
        if (work.Portal.PauseOf(run.TypeId, run.PipelineId, run.StageId) is not { } pause) return false;

        work.Changes.Add(work.Changes.HeldJobs, new HeldJob
        {
            PauseId = pause.Id,
            RunId = run.Id,
            Track = turn.Track,
            Position = turn.Position,
            LaneId = LaneId.Of(new(run.TypeId, run.ItemId)).Number,
            JobKind = TrackJob.Kind,
            Args = turn.ToJson(),
            At = work.Now,
        });
        return true;
    }
}
