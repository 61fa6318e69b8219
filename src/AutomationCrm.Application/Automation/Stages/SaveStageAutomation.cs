using System.Text.Json;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>Publishes the robots of a stage as a new version, live at once, and answers its number (contract C8).</summary>
/// <param name="BasedOn">The version the author saw; 0 for the first. A newer one is a conflict.</param>
public sealed record SaveStageAutomation(int TypeId, string StageId, StageAutomationConfig Config, int? BasedOn, string Comment = "") : IRequest<int>, IOnce;

internal sealed class SaveStageAutomationValidator : AbstractValidator<SaveStageAutomation>
{
    public SaveStageAutomationValidator()
    {
        RuleFor(r => r.StageId).NotEmpty();
        RuleFor(r => r.Comment).MaximumLength(500);
    }
}

internal sealed class SaveStageAutomationHandler(CrmDbContext db, IPortal portal, IAccess access, Caller caller, AutomationReview review, TimeProvider clock) : IRequestHandler<SaveStageAutomation, int>
{
    public async Task<int> Handle(SaveStageAutomation request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "configure robots");
        var now = await portal.FreshAsync(cancellationToken);
        var stage = now.Stage(request.TypeId, request.StageId) ?? throw new RuleBrokenException("stage.unknown", $"There is no stage {request.StageId}.", "stageId");
        var config = Editing.RobotKeys.Complete(request.Config);
        if (await review.ProblemsAsync(config, now.Type(request.TypeId)!, stage, now, cancellationToken) is { Count: > 0 } problems)
            throw new ValidationException(problems.Select(p => new ValidationFailure(p.Path, p.Message) { ErrorCode = p.Code }));

        var key = StageAutomation.KeyOf(request.TypeId, request.StageId);
        var newest = await db.ConfigVersions.AsNoTracking().Where(v => v.Kind == StageAutomation.ConfigKind && v.Key == key && v.State == ConfigVersion.Published).OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellationToken);
        config = Editing.DisabledMarks.Apply(config, newest is null ? null : now.Compile(newest).Config, caller.PersonId, clock.GetUtcNow());
        if (request.BasedOn is { } seen && seen != (newest?.Number ?? 0)) throw Conflict(newest, now);

        var version = new ConfigVersion
        {
            Kind = StageAutomation.ConfigKind,
            Key = key,
            Number = (newest?.Number ?? 0) + 1,
            State = ConfigVersion.Published,
            Content = JsonSerializer.Serialize(config, StageAutomation.Json),
            AuthorId = caller.PersonId,
            At = clock.GetUtcNow(),
            Comment = request.Comment,
        };
        db.ConfigVersions.Add(version);
        if (config.Triggers.Count > 0) db.Timers.Add(new ArmTriggersJob.Page(stage.TypeId, stage.PipelineId, null).ToTimer(clock.GetUtcNow()));
        try
        {
            await db.SaveConfigurationAsync(cancellationToken);
        }
        catch (DoubledKeyException doubled) when (doubled.Key == UniqueKeys.ConfigVersion)
        {
            // Two people saved at the same moment; the primary key let one through.
            db.ChangeTracker.Clear();
            throw Conflict(await db.ConfigVersions.AsNoTracking().FirstAsync(v => v.Kind == StageAutomation.ConfigKind && v.Key == key && v.Number == version.Number, cancellationToken), now);
        }

        await portal.FreshAsync(cancellationToken);
        return version.Number;
    }

    private static ConflictException Conflict(ConfigVersion? newest, PortalSnapshot now) => newest is null
        ? new("The stage has no version yet.", Caller.SystemId, ["robots"])
        : new($"{now.PersonName(newest.AuthorId)} saved version {newest.Number} in the meantime.", newest.AuthorId, ["robots"]);
}
