using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>Sets the timers of date and idle triggers when an item comes, moves, or changes what they depend on.</summary>
internal sealed class TriggerTimers(TriggerIndex.Book book) : IReaction
{
    public bool Interested(ItemEvent happened) => happened is ItemAdded or ItemChanged or StageChanged;

    public ValueTask PlanAsync(ItemEvent happened, Item item, IUnitOfWork work, CancellationToken ct)
    {
        if (!item.Type.HasStages) return ValueTask.CompletedTask;

        foreach (var place in book.Of(work.Portal).TimedOf(item.Ref.TypeId, item.PipelineId))
        {
            var (type, settings) = ((ITimedTrigger)place.Type, Settings(place));
            if (settings is null || (happened is ItemChanged && !type.IsMovedBy(settings, happened.Changes))) continue;

            Set(place, new(item, work.Portal, happened.At), work.Now, work.Changes);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Sets or drops the timer of one trigger for an item.</summary>
    public static void Set(TriggerPlace place, TimedItem item, DateTimeOffset now, ChangeSet changes)
    {
        if (Settings(place) is not { } settings) return;

        var (type, id) = ((ITimedTrigger)place.Type, IdOf(item.Item.Ref, place));
        var due = Awaits(place, item) ? type.DueOf(settings, item) : null;
        if (due is { } at && (at > now || type.FiresLate(settings))) changes.Add(changes.MovedTimers, Timer(id, place, item.Item.Ref, at, null));
        else changes.Add(changes.DroppedTimers, id);
    }

    /// <summary>For an item that was there before its trigger: a timer it has set itself stays, and nothing fires for what has passed.</summary>
    /// <param name="spread">Added to moments that many items share, which are those of idleness; a date is kept to.</param>
    public static void SetFirst(TriggerPlace place, TimedItem item, DateTimeOffset now, TimeSpan spread, ChangeSet changes)
    {
        if (Settings(place) is not { } settings || !Awaits(place, item)) return;

        var type = (ITimedTrigger)place.Type;
        var (due, again) = (type.DueOf(settings, item), type.AgainAfter(settings));
        if (due <= now) due = now + again;
        if (due is { } at) changes.Add(changes.FirstTimers, Timer(IdOf(item.Item.Ref, place), place, item.Item.Ref, at, null) with { DueAt = again is null ? at : at + spread });
    }

    public static NewTimer Timer(Guid id, TriggerPlace place, ItemRef item, DateTimeOffset due, DateTimeOffset? fired) =>
        new(id, due, LaneId.Of(item), null, null, TriggerTimerJob.Kind, new TriggerTimer(place.Stage.Id, place.Plan.Key, due, fired).ToJson());

    /// <summary>Whether the item stands where the trigger could apply.</summary>
    public static bool Awaits(TriggerPlace place, TimedItem item)
    {
        if (item.Portal.Pipeline(item.Item.Ref.TypeId, item.Item.PipelineId) is not { } pipeline || place.Stage.PipelineId != pipeline.Id) return false;

        var current = pipeline.Stages.TakeWhile(s => s.Id != item.Item.StageId).Count();
        return place.Plan.Config.Move ? place.Order > current || place.Plan.Config.AllowBackwards : place.Order == current;
    }

    public static object? Settings(TriggerPlace place)
    {
        try
        {
            return place.Plan.BoundBy(place.Type);
        }
        catch (RuleBrokenException)
        {
            // It cannot be due; the problem list of the stage tells why.
            return null;
        }
    }

    public static Guid IdOf(ItemRef item, TriggerPlace place)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{item.TypeId}:{item.Id}:{place.Stage.Id}:{place.Plan.Key}")), hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}

/// <summary>What a timer of a trigger carries.</summary>
/// <param name="Fired">The moment for which it has fired already.</param>
internal sealed record TriggerTimer(string Stage, string Key, DateTimeOffset Due, DateTimeOffset? Fired)
{
    public string ToJson() => JsonSerializer.Serialize(this);

    public static TriggerTimer Parse(string args) => JsonSerializer.Deserialize<TriggerTimer>(args)!;
}
