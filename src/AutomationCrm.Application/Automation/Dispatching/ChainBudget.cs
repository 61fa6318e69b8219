using AutomationCrm.Application.Automation.Incidents;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Dispatching;

/// <summary>Stops endless cycles (attack list A22). The counters are in the database, so waits and restarts do not reset them.</summary>
internal sealed class ChainBudget(CrmDbContext db)
{
    public const int MaxDepth = 20;
    public const int MaxRobots = 200;
    public const int MaxMovesAnHour = 50;

    internal readonly record struct Refusal(string Code, string Message);

    /// <summary>Why a run must not start, null when it may. What people and programs do themselves is never refused.</summary>
    public async ValueTask<Refusal?> RefuseAsync(ItemRef item, Cause? cause, int robots, IUnitOfWork work, CancellationToken ct)
    {
        if (cause is null) return null;
        if (cause.Depth > MaxDepth) return new("budget.depth", $"Automation caused automation more than {MaxDepth} times in a row.");

        var inChain = await db.Chains.AsNoTracking().Where(c => c.Id == cause.ChainId).Select(c => (int?)c.Robots).FirstOrDefaultAsync(ct) ?? cause.Count;
        inChain += work.Changes.Chains.Where(c => c.ChainId == cause.ChainId).Sum(c => c.Robots);
        if (inChain + robots > MaxRobots) return new("budget.robots", $"One change has set more than {MaxRobots} robots in motion.");

        var since = work.Now.AddHours(-1);
        var moves = await db.StageHistory.AsNoTracking().CountAsync(h => h.TypeId == item.TypeId && h.ItemId == item.Id && h.At > since && h.Depth > 0 && h.Kind != 1, ct);
        moves += work.Changes.StageHistory.Count(h => h.TypeId == item.TypeId && h.ItemId == item.Id && h.Depth > 0 && h.Kind != 1);
        return moves > MaxMovesAnHour ? new("budget.moves", $"Automation has moved this item more than {MaxMovesAnHour} times within an hour.") : null;
    }

    /// <summary>One incident and one notice to the author of the automation.</summary>
    public async ValueTask ReportAsync(Refusal refusal, Run run, IUnitOfWork work, CancellationToken ct)
    {
        work.Changes.Add(work.Changes.Incidents, new Incident
        {
            Id = await work.NextIdAsync(ct),
            LaneId = LaneId.Of(new(run.TypeId, run.ItemId)).Number,
            TypeId = run.TypeId,
            ItemId = run.ItemId,
            RunId = run.Id,
            Code = refusal.Code,
            Message = refusal.Message,
            CreatedAt = work.Now,
        });
        work.Hint(Topics.Attention);
        await FailureNotices.TellAsync(run, refusal.Message, work, ct);
    }
}
