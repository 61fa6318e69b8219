using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>A dry run of a waiting robot: what it and those after it would do if it went on now. For whoever may change the item.</summary>
public sealed record TryWait(long RobotRunId) : IRequest<StageTrial>
{
    public TimeSpan Travel { get; init; }

    public IReadOnlyDictionary<string, TrialAnswer> Answers { get; init; } = new Dictionary<string, TrialAnswer>();
}

internal sealed class TryWaitValidator : AbstractValidator<TryWait>
{
    public TryWaitValidator()
    {
        RuleFor(q => q.RobotRunId).GreaterThan(0).OverridePropertyName("robotRunId");
        RuleFor(q => q.Travel).InclusiveBetween(TimeSpan.Zero, TimeSpan.FromDays(TryStage.MostTravelDays)).OverridePropertyName("travel");
        RuleFor(q => q.Answers.Count).LessThanOrEqualTo(TryStage.MostAnswers).OverridePropertyName("answers");
    }
}

internal sealed class TryWaitHandler(CrmDbContext db, IWorkStore store, IPortal gate, IAccess access, Caller caller, StageRehearsal rehearsal) : IRequestHandler<TryWait, StageTrial>
{
    public async Task<StageTrial> Handle(TryWait request, CancellationToken cancellationToken)
    {
        var missing = new NotFoundException("Wait", $"{request.RobotRunId}");
        var robotRun = await db.RobotRuns.AsNoTracking().FirstOrDefaultAsync(r => r.Id == request.RobotRunId, cancellationToken) ?? throw missing;
        var item = await ReadAsync(new(robotRun.TypeId, robotRun.ItemId), missing, cancellationToken);
        access.Require(caller, ItemAction.Update, item);
        var portal = await gate.FreshAsync(cancellationToken);
        var run = await db.Runs.AsNoTracking().FirstAsync(r => r.Id == robotRun.RunId, cancellationToken);
        var plan = new TrialPlan(item, portal.Stage(run.TypeId, run.StageId), portal, run.ConfigVersion) { Travel = request.Travel, Answers = request.Answers, Follows = run.Id };
        return await rehearsal.RunAsync(plan, scope => scope.GetRequiredService<ISender>().Send(new RunWaitNow(robotRun.Id), cancellationToken), cancellationToken);
    }

    private async Task<Domain.Crm.Item> ReadAsync(Domain.Crm.ItemRef item, NotFoundException missing, CancellationToken ct)
    {
        try
        {
            return await GetItemHandler.ReadAsync(item, store, gate, access, caller, ct);
        }
        catch (NotFoundException)
        {
            // Said of the wait, so that nobody learns whose it is.
            throw missing;
        }
    }
}
