using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Scripts;

/// <summary>
/// Runs robots that were just added for the items that already stand on the stage, and only those robots: the others have run for
/// them when they came. Items that leave the stage before their turn are passed over.
/// </summary>
public sealed record ApplyToStage(int TypeId, string StageId, IReadOnlyList<string> Keys) : ICommand<long>;

internal sealed class ApplyToStageValidator : AbstractValidator<ApplyToStage>
{
    public ApplyToStageValidator() => RuleFor(r => r.Keys).NotEmpty();
}

internal sealed class ApplyToStageHandler(IUnitOfWork work, IPortal portal, IAccess access, Caller caller) : IRequestHandler<ApplyToStage, long>
{
    public async Task<long> Handle(ApplyToStage request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "apply robots to a whole stage");
        var now = await portal.FreshAsync(cancellationToken);
        var stage = now.Stage(request.TypeId, request.StageId) ?? throw new RuleBrokenException("stage.unknown", $"There is no stage {request.StageId}.", "stageId");
        var live = now.AutomationOf(request.TypeId, request.StageId)?.Config ?? new StageAutomationConfig();
        var robots = ChainOrder.Only(live.Robots, request.Keys.ToHashSet(StringComparer.Ordinal));
        if (robots.Count == 0) throw new RuleBrokenException("robot.unknown", "None of the robots is on this stage any more.", "keys");

        var launch = new Launch
        {
            Id = await work.NextLaneIdAsync(cancellationToken),
            TypeId = request.TypeId,
            StageId = request.StageId,
            Name = stage.Name,
            Content = Launcher.Content(new() { Robots = robots }, bound: true),
            AuthorId = caller.PersonId,
            At = work.Now,
        };
        Launcher.Start(work, launch, null);
        return launch.Id;
    }
}
