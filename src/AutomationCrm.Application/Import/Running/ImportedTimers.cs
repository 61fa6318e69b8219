using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;

namespace AutomationCrm.Application.Import.Running;

/// <summary>Has the triggers that wait for a date, for idleness or for a deadline wait for imported items too.</summary>
internal static class ImportedTimers
{
    /// <summary>
    /// One job per pipeline, written in one transaction with the items. Whether there are such triggers is asked when it runs: one that is
    /// published meanwhile sees either these items or this job.
    /// </summary>
    public static IEnumerable<TimerRow> For(ImportChunk chunk, ImportPace pace)
    {
        foreach (var together in chunk.Items.Where(i => i.Type.HasStages).GroupBy(i => (i.Ref.TypeId, i.PipelineId)))
        {
            var begin = pace.Take(together.Count(), chunk.Now);
            yield return new ArmTriggersJob.Page(together.Key.TypeId, together.Key.PipelineId, together.Min(i => i.Ref.Id) - 1, together.Max(i => i.Ref.Id), begin - chunk.Now).ToTimer(chunk.Now);
        }
    }
}
