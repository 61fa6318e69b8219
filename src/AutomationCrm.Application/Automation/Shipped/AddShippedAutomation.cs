using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using FluentValidation;
using FluentValidation.Results;

namespace AutomationCrm.Application.Automation.Shipped;

/// <summary>Adds a shipped automation to a pipeline, a version per stage, and answers the stages. Robots and triggers that stand there stay.</summary>
/// <param name="Code">idle, overdue or proposal.</param>
public sealed record AddShippedAutomation(int TypeId, int PipelineId, string Code, ShippedOptions Options, ShippedTexts Texts) : IRequest<IReadOnlyList<string>>;

internal sealed class AddShippedAutomationValidator : AbstractValidator<AddShippedAutomation>
{
    public AddShippedAutomationValidator()
    {
        RuleFor(a => a.Code).Must(c => ShippedAutomations.Codes.Contains(c)).Refuses("shipped.unknown", "There is no such automation.").OverridePropertyName("code");
        RuleFor(a => a.Options).Must(o => 0 < o.RemindDays && o.RemindDays < o.SupervisorDays && o.SupervisorDays < o.MoveDays && o.MoveDays <= 3650).When(a => a.Code == ShippedAutomations.Idle)
            .Refuses("shipped.days", "The days must grow: reminder, supervisor, move.").OverridePropertyName("remindDays");
        RuleFor(a => a.Options.FollowDays).InclusiveBetween(1, 365).When(a => a.Code == ShippedAutomations.Proposal).OverridePropertyName("followDays");
        RuleFor(a => a.Options.StageId).NotEmpty().When(a => a.Code == ShippedAutomations.Proposal).OverridePropertyName("stageId");
        RuleFor(a => a.Options.Template).NotEmpty().When(a => a.Code == ShippedAutomations.Proposal).OverridePropertyName("template");
    }
}

internal sealed class AddShippedAutomationHandler(IPortal gate, IAccess access, Caller caller, ISender sender, AutomationReview review, RobotCatalogue robots) : IRequestHandler<AddShippedAutomation, IReadOnlyList<string>>
{
    public async Task<IReadOnlyList<string>> Handle(AddShippedAutomation request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "configure robots");
        var portal = await gate.FreshAsync(cancellationToken);
        var pipeline = portal.Pipeline(request.TypeId, request.PipelineId) ?? throw new RuleBrokenException("pipeline.unknown", $"There is no pipeline {request.PipelineId}.", "pipelineId");
        if (request.Options.StageId is { Length: > 0 } chosen && pipeline.Find(chosen) is null) throw new RuleBrokenException("stage.unknown", $"There is no stage {chosen} in this pipeline.", "stageId");

        var changed = new List<(string StageId, int Version, StageAutomationConfig Config)>();
        foreach (var (stageId, added) in ShippedAutomations.Build(request.Code, pipeline, request.Options, request.Texts))
        {
            var now = portal.AutomationOf(request.TypeId, stageId);
            // Robot types that this installation does not have are left out; the rest is worth having without them.
            var known = added with { Robots = [.. added.Robots.Where(r => robots.Find(r.Type) is not null)] };
            changed.Add((stageId, now?.Version ?? 0, Merge(now?.Config ?? new(), known)));
        }

        // All stages are looked at before one is saved.
        var problems = new List<ValidationFailure>();
        foreach (var (stageId, _, config) in changed)
            problems.AddRange((await review.ProblemsAsync(config, portal.Type(request.TypeId)!, pipeline.Find(stageId)!, portal, cancellationToken)).Select(p => new ValidationFailure($"{stageId}.{p.Setting}", p.Message) { ErrorCode = p.Code }));
        if (problems.Count > 0) throw new ValidationException(problems);

        foreach (var (stageId, version, config) in changed)
            await sender.Send(new SaveStageAutomation(request.TypeId, stageId, config, version, $"shipped: {request.Code}"), cancellationToken);
        return [.. changed.Select(c => c.StageId)];
    }

    private static StageAutomationConfig Merge(StageAutomationConfig now, StageAutomationConfig added) => now with
    {
        Robots = [.. now.Robots.Where(r => added.Robots.All(a => a.Key != r.Key)), .. added.Robots],
        Triggers = [.. now.Triggers.Where(t => added.Triggers.All(a => a.Key != t.Key)), .. added.Triggers],
    };
}
