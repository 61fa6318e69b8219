using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>The draft of a stage, one at a time: nothing of it is live before it is published.</summary>
/// <param name="BasedOn">The published version it was begun from; 0 when there was none.</param>
public sealed record StageDraft(int Number, int BasedOn, StageAutomationConfig Config, long AuthorId, DateTimeOffset At);

/// <summary>The draft of a stage; null when there is none.</summary>
public sealed record GetDraft(int TypeId, string StageId) : IRequest<StageDraft?>;

/// <summary>The drafts of a pipeline's stages by stage id.</summary>
public sealed record GetDrafts(int TypeId, int PipelineId) : IRequest<IReadOnlyDictionary<string, StageDraft>>;

/// <summary>Keeps robots of a stage as its draft and answers the draft's number. A draft may have problems; publishing may not.</summary>
/// <param name="Draft">The draft that the author saw; null when there was none.</param>
/// <param name="BasedOn">For a new draft: the published version it starts from.</param>
public sealed record SaveDraft(int TypeId, string StageId, StageAutomationConfig Config, int? Draft, int BasedOn) : IRequest<int>;

/// <summary>Makes the draft live as the next version and answers its number.</summary>
/// <param name="BasedOn">The published version the author knows; a newer one is a conflict.</param>
public sealed record PublishDraft(int TypeId, string StageId, int Draft, int BasedOn) : IRequest<int>;

/// <summary>Throws the draft away.</summary>
public sealed record DiscardDraft(int TypeId, string StageId, int Draft) : IRequest<Unit>;

internal sealed class SaveDraftValidator : AbstractValidator<SaveDraft>
{
    public SaveDraftValidator() => RuleFor(r => r.Config.Robots.Count).LessThanOrEqualTo(StageAutomationCheck.MostRobots).OverridePropertyName("robots");
}

internal sealed class GetDraftHandler(DraftDrawer drawer, IAccess access, Caller caller) : IRequestHandler<GetDraft, StageDraft?>
{
    public async Task<StageDraft?> Handle(GetDraft request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the configuration of robots");
        return await drawer.FindAsync(new(request.TypeId, request.StageId), cancellationToken);
    }
}

internal sealed class GetDraftsHandler(DraftDrawer drawer, IPortal portal, IAccess access, Caller caller) : IRequestHandler<GetDrafts, IReadOnlyDictionary<string, StageDraft>>
{
    public async Task<IReadOnlyDictionary<string, StageDraft>> Handle(GetDrafts request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the configuration of robots");
        var places = portal.Current.Pipeline(request.TypeId, request.PipelineId)?.Stages.Select(s => new StagePlace(s.TypeId, s.Id)) ?? [];
        return await drawer.FindAllAsync([.. places], cancellationToken);
    }
}

internal sealed class SaveDraftHandler(DraftDrawer drawer, IAccess access, Caller caller) : IRequestHandler<SaveDraft, int>
{
    public async Task<int> Handle(SaveDraft request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "configure robots");
        var place = new StagePlace(request.TypeId, request.StageId);
        var known = await drawer.KnownAsync(place, request.Draft, cancellationToken);
        return await drawer.PutAsync(place, request.Config, known?.BasedOn ?? request.BasedOn, known?.Number, cancellationToken);
    }
}

internal sealed class PublishDraftHandler(DraftDrawer drawer, StageDesk desk, CrmDbContext db, ISender sender, IPortal portal, IAccess access, Caller caller) : IRequestHandler<PublishDraft, int>
{
    public async Task<int> Handle(PublishDraft request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "configure robots");
        await portal.FreshAsync(cancellationToken);
        var place = new StagePlace(request.TypeId, request.StageId);
        desk.LiveAt(place, request.BasedOn);
        var draft = await drawer.KnownAsync(place, request.Draft, cancellationToken) ?? throw new RuleBrokenException("draft.none", "There is no draft any more.", "draft");

        int number;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            await drawer.RemoveAsync(place, cancellationToken);
            number = await sender.Send(new SaveStageAutomation(request.TypeId, request.StageId, draft.Config, request.BasedOn), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await portal.FreshAsync(cancellationToken);
        return number;
    }
}

internal sealed class DiscardDraftHandler(DraftDrawer drawer, IAccess access, Caller caller) : IRequestHandler<DiscardDraft, Unit>
{
    public async Task<Unit> Handle(DiscardDraft request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "configure robots");
        var place = new StagePlace(request.TypeId, request.StageId);
        await drawer.KnownAsync(place, request.Draft, cancellationToken);
        await drawer.RemoveAsync(place, cancellationToken);
        return Unit.Value;
    }
}

/// <summary>Where drafts lie: rows of config_version in state draft, numbered from <see cref="First"/> so that published numbers have no gaps.</summary>
internal sealed class DraftDrawer(CrmDbContext db, IPortal portal, Caller caller, TimeProvider clock)
{
    public const int First = 1_000_000;

    public static bool IsDraft(int number) => number >= First;

    public async Task<StageDraft?> FindAsync(StagePlace place, CancellationToken ct)
    {
        var row = await Rows(place).FirstOrDefaultAsync(ct);
        return row is null ? null : Read(row);
    }

    public async Task<IReadOnlyDictionary<string, StageDraft>> FindAllAsync(IReadOnlyList<StagePlace> places, CancellationToken ct)
    {
        var byKey = places.ToDictionary(p => p.Key, p => p.StageId);
        var keys = byKey.Keys.ToArray();
        var rows = await db.ConfigVersions.AsNoTracking().Where(v => v.Kind == StageAutomation.ConfigKind && keys.Contains(v.Key) && v.State == ConfigVersion.Draft).ToListAsync(ct);
        return rows.ToDictionary(r => byKey[r.Key], Read);
    }

    /// <summary>The draft when it is the one the author saw; otherwise a conflict.</summary>
    public async Task<StageDraft?> KnownAsync(StagePlace place, int? seen, CancellationToken ct)
    {
        var draft = await FindAsync(place, ct);
        if (draft?.Number == seen) return draft;
        throw draft is null
            ? new ConflictException("The draft was published or discarded in the meantime.", caller.PersonId, ["robots"])
            : new ConflictException($"{portal.Current.PersonName(draft.AuthorId)} changed the draft in the meantime.", draft.AuthorId, ["robots"]);
    }

    public async Task<int> PutAsync(StagePlace place, StageAutomationConfig config, int basedOn, int? before, CancellationToken ct)
    {
        var number = Math.Max(First, (before ?? 0) + 1);
        var live = portal.Current.AutomationOf(place.TypeId, place.StageId)?.Config;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Rows(place).ExecuteDeleteAsync(ct);
        db.ConfigVersions.Add(new()
        {
            Kind = StageAutomation.ConfigKind,
            Key = place.Key,
            Number = number,
            State = ConfigVersion.Draft,
            Content = JsonSerializer.Serialize(DisabledMarks.Apply(RobotKeys.Complete(config), live, caller.PersonId, clock.GetUtcNow()), StageAutomation.Json),
            AuthorId = caller.PersonId,
            At = clock.GetUtcNow(),
            BasedOn = basedOn,
        });
        await db.SaveConfigurationAsync(ct);
        await transaction.CommitAsync(ct);
        return number;
    }

    public Task RemoveAsync(StagePlace place, CancellationToken ct) => Rows(place).ExecuteDeleteAsync(ct);

    private static StageDraft Read(ConfigVersion row) => new(row.Number, row.BasedOn ?? 0, StageAutomation.Parse(row.Number, row.Content).Config, row.AuthorId, row.At);

    private IQueryable<ConfigVersion> Rows(StagePlace place) =>
        db.ConfigVersions.AsNoTracking().Where(v => v.Kind == StageAutomation.ConfigKind && v.Key == place.Key && v.State == ConfigVersion.Draft);
}

/// <summary>Keys of new robots and triggers.</summary>
internal static class RobotKeys
{
    public static StageAutomationConfig Complete(StageAutomationConfig config) => config with
    {
        Robots = [.. config.Robots.Select(r => r.Key.Length > 0 ? r : r with { Key = New() })],
        Triggers = [.. config.Triggers.Select(t => t.Key.Length > 0 ? t : t with { Key = New('t') })],
    };

    public static string New(char kind = 'r') => $"{kind}{Convert.ToHexStringLower(Guid.CreateVersion7().ToByteArray()[^4..])}";
}
