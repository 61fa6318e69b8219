using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Automation.Values;

/// <summary>
/// The name behind <c>Document:</c>: a field of the item by any of its names, or through a link of the item (<c>COMPANY.TITLE</c>, <c>CONTACT.EMAIL</c>,
/// <c>LEAD.COMPANY.TITLE</c>): each link by its field with or without <c>_ID</c>.
/// </summary>
public static class FieldPath
{
    public const string Document = "Document:";

    /// <summary>Links one behind the other.</summary>
    public const int MostLinks = 3;

    /// <summary>The field at the end and the type it belongs to; null when there is none.</summary>
    /// <param name="name">Without <c>Document:</c>.</param>
    public static (ItemType Type, Field Field)? Find(ItemType type, string name, Func<int, ItemType?> types)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(types);
        var parts = name.Split('.');
        if (parts.Length > MostLinks + 1) return null;

        foreach (var link in parts[..^1])
        {
            if (Link(type, link) is not { TargetType: { } target } || types(target) is not { } next) return null;
            type = next;
        }

        return type.Fields.FindByAnyName(parts[^1]) is { } field ? (type, field) : null;
    }

    /// <summary>The field that refers to another item by this name.</summary>
    public static Field? Link(ItemType type, string name)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Reference(type.Fields.FindByAnyName(name)) ?? Reference(type.Fields.FindByAnyName(name + "_ID"));
    }

    /// <summary>The name of a field of the item itself; null for anything else.</summary>
    public static string? OwnField(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith(Document, StringComparison.Ordinal) && !path.Contains('.') ? path[Document.Length..] : null;
    }

    private static Field? Reference(Field? field) => field is { Kind: FieldKind.Item, TargetType: not null } ? field : null;
}
