using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>Where robots are put: a stage of an item type.</summary>
public sealed record StagePlace(int TypeId, string StageId)
{
    public string Key => StageAutomation.KeyOf(TypeId, StageId);
}

/// <summary>A stage's robots on their way to becoming a version.</summary>
/// <param name="BasedOn">The version the author saw; 0 for the first.</param>
public sealed record StageEdit(StagePlace Place, StageAutomationConfig Config, int BasedOn);

/// <summary>Reads what is live on stages and saves several of them as one whole: all become versions, or none.</summary>
internal sealed class StageDesk(CrmDbContext db, IPortal portal, ISender sender, DraftDrawer drafts)
{
    public Stage Stage(StagePlace place) =>
        portal.Current.Stage(place.TypeId, place.StageId) ?? throw new RuleBrokenException("stage.unknown", $"There is no stage {place.StageId}.", "stageId");

    public ItemType Type(int typeId) => portal.Current.Type(typeId) ?? throw new RuleBrokenException("type.unknown", $"There is no item type {typeId}.", "entityTypeId");

    /// <summary>The live version; 0 and nothing on it when the stage never had robots.</summary>
    public (int Version, StageAutomationConfig Config) Live(StagePlace place) =>
        portal.Current.AutomationOf(place.TypeId, Stage(place).Id) is { } live ? (live.Version, live.Config) : (0, new());

    /// <summary>The live version when it is the one the author saw; otherwise a conflict.</summary>
    public StageAutomationConfig LiveAt(StagePlace place, int version)
    {
        var (number, config) = Live(place);
        if (number == version) return config;

        var author = portal.Current.StageAutomations.GetValueOrDefault(place.Key)?.AuthorId ?? Caller.SystemId;
        throw new ConflictException($"{portal.Current.PersonName(author)} saved version {number} of {Stage(place).Name} in the meantime.", author, ["robots"]);
    }

    /// <summary>What an author works on: the live version, or with <paramref name="draft"/> the draft where there is one.</summary>
    public async Task<(int Version, StageAutomationConfig Config)> WorkingAsync(StagePlace place, bool draft, CancellationToken ct) =>
        draft && await drafts.FindAsync(place, ct) is { } begun ? (begun.Number, begun.Config) : Live(place);

    /// <summary>The same when it is what the author saw; otherwise a conflict.</summary>
    public async Task<StageAutomationConfig> AtAsync(StagePlace place, int version, bool draft, CancellationToken ct) =>
        draft && await drafts.KnownAsync(place, DraftDrawer.IsDraft(version) ? version : null, ct) is { } begun ? begun.Config : LiveAt(place, version);

    /// <summary>Publishes all stages in one transaction, or keeps them as drafts, and answers their new numbers.</summary>
    public async Task<IReadOnlyDictionary<string, int>> SaveAsync(IReadOnlyList<StageEdit> edits, bool draft, CancellationToken ct)
    {
        var numbers = new Dictionary<string, int>();
        if (draft)
        {
            foreach (var edit in edits)
                numbers[edit.Place.StageId] = await sender.Send(
                    new SaveDraft(edit.Place.TypeId, edit.Place.StageId, edit.Config, DraftDrawer.IsDraft(edit.BasedOn) ? edit.BasedOn : null, edit.BasedOn), ct);
            return numbers;
        }

        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            foreach (var edit in edits)
                numbers[edit.Place.StageId] = await sender.Send(new SaveStageAutomation(edit.Place.TypeId, edit.Place.StageId, edit.Config, edit.BasedOn), ct);
            await transaction.CommitAsync(ct);
        }

        await portal.FreshAsync(ct);
        return numbers;
    }
}
