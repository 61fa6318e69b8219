using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>Asks the triggers of an item about an event inside the item's lane, and makes an incident of what cannot be done.</summary>
internal sealed class TriggerDesk(UnitOfWork work, TriggerJudge judge, TriggerHand hand)
{
    /// <returns>Whether a trigger moved the item or started robots.</returns>
    public async Task<bool> AskAsync(Item item, TriggerEvent happened, Job job, long by, Cause? cause, CancellationToken ct)
    {
        var mark = work.Mark();
        work.Caller.Become(by, isAdmin: true, Origin.Trigger, cause);
        try
        {
            if (await judge.DecideAsync(item, happened, work, ct) is not { } decision) return false;

            await hand.PlanAsync(decision, item, work, ct);
            await work.RecordAsync(ct);
            return !decision.IsEmpty;
        }
        catch (Exception failure) when (failure is RuleBrokenException or ValidationException or NotFoundException or AccessDeniedException or ConflictException)
        {
            work.RollBackTo(mark);
            await ReportAsync(item.Ref, failure.Message, job, ct);
            return false;
        }
        finally
        {
            work.Depth = 0;
            work.Caller.Become(Caller.SystemId, isAdmin: true, Origin.Robot);
        }
    }

    /// <summary>An incident that repeats the job when a person says so.</summary>
    public async Task ReportAsync(ItemRef item, string message, Job job, CancellationToken ct)
    {
        work.Changes.Add(work.Changes.Incidents, new Incident
        {
            Id = await work.NextIdAsync(ct),
            LaneId = job.Lane.Number,
            TypeId = item.TypeId,
            ItemId = item.Id,
            Code = "trigger.failed",
            Message = message.Replace('\0', '\uFFFD'),
            JobKind = job.Kind,
            Args = job.Args,
            CreatedAt = work.Now,
        });
        work.Hint(Topics.Attention);
    }
}
