using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Crm.RecycleBin;

/// <summary>A deleted item as it was, until it is restored or its time in the recycle bin is over.</summary>
public sealed class RecycledItem
{
    public int TypeId { get; init; }

    public long ItemId { get; init; }

    public string Title { get; init; } = "";

    /// <summary>The title in lower case.</summary>
    public string Search { get; init; } = "";

    /// <summary>The version that the deletion made.</summary>
    public long Version { get; init; }

    /// <summary>Its values by field code, see <see cref="TypedJson"/>.</summary>
    public string Content { get; init; } = "{}";

    public DateTimeOffset DeletedAt { get; init; }

    /// <summary>0 is automation.</summary>
    public long DeletedBy { get; init; }

    public long? RunId { get; init; }

    public long ResponsibleId { get; init; }

    public ItemRef Ref => new(TypeId, ItemId);

    internal static RecycledItem Of(Item item, Caller by, DateTimeOffset at) => new()
    {
        TypeId = item.Ref.TypeId,
        ItemId = item.Ref.Id,
        Title = item.Title,
        Search = item.Title.ToLowerInvariant(),
        Version = item.Version + 1,
        Content = TypedJson.Write(item.Values.Where(v => !v.Value.IsEmpty).ToDictionary(v => v.Key, v => v.Value)),
        DeletedAt = at,
        DeletedBy = by.PersonId,
        RunId = by.RunId,
        ResponsibleId = item.ResponsibleId,
    };

    /// <summary>The item for adding again: fields that no longer exist are left behind.</summary>
    internal Item ToItem(ItemType type)
    {
        var item = Item.Again(type, ItemId, Version);
        foreach (var (code, value) in TypedJson.ReadMap(Content))
            if (type.Fields.Find(code) is { } field) item.Set(code, value is ListValue || !field.Multiple ? value : Value.Of([value]));
        return item;
    }
}
