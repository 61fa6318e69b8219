using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Explain;

/// <summary>Why a robot ran or did not run for an item, and what would happen now; for whoever may read the item.</summary>
/// <param name="WithNow">Whether to play the stage through as well; for whoever may change the item.</param>
public sealed record ExplainRobot(ItemRef Item, string StageId, string RobotKey, bool WithNow = false) : IRequest<RobotExplanation>;

internal sealed class ExplainRobotValidator : AbstractValidator<ExplainRobot>
{
    public ExplainRobotValidator()
    {
        RuleFor(q => q.Item.Id).GreaterThan(0).OverridePropertyName("id");
        RuleFor(q => q.StageId).NotEmpty().MaximumLength(100).OverridePropertyName("stageId");
        RuleFor(q => q.RobotKey).NotEmpty().MaximumLength(64).OverridePropertyName("robotKey");
    }
}

internal sealed class ExplainRobotHandler(ISender sender, CrmDbContext db, IWorkStore store, IPortal gate, IAccess access, Caller caller, StageRehearsal rehearsal) : IRequestHandler<ExplainRobot, RobotExplanation>
{
    private const int MostVersions = 200;

    public async Task<RobotExplanation> Handle(ExplainRobot request, CancellationToken cancellationToken)
    {
        var item = await GetItemHandler.ReadAsync(request.Item, store, gate, access, caller, cancellationToken);
        if (request.WithNow) access.Require(caller, ItemAction.Update, item);
        var automation = await sender.Send(new GetItemAutomation(request.Item), cancellationToken);
        var portal = gate.Current;
        var versions = await VersionsAsync(request, cancellationToken);
        var stage = automation.Stages.FirstOrDefault(s => s.StageId == request.StageId);
        var told = Verdict.Of(request, stage, RobotTrail.Of(versions, request.RobotKey, portal), portal)
            ?? throw new RuleBrokenException("robot.unknown", $"The stage {request.StageId} has no robot {request.RobotKey}.", "robotKey");
        return request.WithNow ? await WithNowAsync(told, item, portal, cancellationToken) : told;
    }

    private Task<List<ConfigVersion>> VersionsAsync(ExplainRobot request, CancellationToken ct)
    {
        var key = StageAutomation.KeyOf(request.Item.TypeId, request.StageId);
        return db.ConfigVersions.AsNoTracking().Where(v => v.Kind == StageAutomation.ConfigKind && v.Key == key && v.State == ConfigVersion.Published)
            .OrderByDescending(v => v.Number).Take(MostVersions).ToListAsync(ct);
    }

    private async Task<RobotExplanation> WithNowAsync(RobotExplanation told, Item item, PortalSnapshot portal, CancellationToken ct)
    {
        if (!told.StillThere || told.Stage is not { } stage) return told with { NowProblem = "The robot is not on the stage any more." };

        try
        {
            var trial = await rehearsal.RunAsync(new TryStage(item.Ref, stage.Id), item, stage, portal, told.CurrentVersion, ct);
            var robot = trial.Runs.Where(r => r.Run.StageId == stage.Id && r.Run.TypeId == item.Ref.TypeId && r.Run.ItemId == item.Ref.Id).SelectMany(r => r.Robots).FirstOrDefault(r => r.View.Key == told.Key);
            return robot is null ? told with { NowProblem = trial.CutOff ?? "The trial did not come to the robot." } : told with { Now = robot };
        }
        catch (Exception refused) when (refused is RuleBrokenException or ConflictException or ValidationException)
        {
            return told with { NowProblem = refused.Message };
        }
    }
}
