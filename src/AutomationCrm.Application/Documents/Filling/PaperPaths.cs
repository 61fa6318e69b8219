using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Documents.Filling;

/// <summary>
/// What placeholders of a template may name: <c>Document:CODE</c> of the item, <c>Document:COMPANY_ID.PHONE</c> of an item or person it refers to,
/// <c>Products:NAME</c> of the row, <c>Paper:Number</c> of the document being made, <c>Value:Name</c> of what the robot gives.
/// </summary>
internal static class PaperPaths
{
    public const string Item = "Document";
    public const string Products = "Products";
    public const string Paper = "Paper";
    public const string Given = "Value";
    public const string System = "System";

    public static readonly string[] RowFields = ["INDEX", "NAME", "QUANTITY", "UNIT", "PRICE", "SUM", "CURRENCY"];
    public static readonly string[] TotalFields = ["COUNT", "TOTAL"];
    public static readonly string[] PaperFields = ["Number", "Date", "Title"];
    public static readonly string[] PersonFields = ["NAME", "LAST_NAME", "FULL_NAME", "EMAIL", "POSITION"];

    /// <summary>Short names of the clients an item refers to.</summary>
    private static readonly Dictionary<string, string> Short = new(StringComparer.OrdinalIgnoreCase) { ["COMPANY"] = FieldCodes.Company, ["CONTACT"] = FieldCodes.Contact, ["RESPONSIBLE"] = FieldCodes.Responsible };

    public static (string Root, string Name) Split(string path)
    {
        var colon = path.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 ? (path, "") : (path[..colon].Trim(), path[(colon + 1)..].Trim());
    }

    public static bool IsRoot(string root, string wanted) => root.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    public static bool Has(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    public static bool IsOfRow(string path) => Split(path) is var (root, name) && IsRoot(root, Products) && Has(RowFields, name);

    public static Field? FieldOf(ItemType type, string name) => type.Fields.FindByAnyName(Short.GetValueOrDefault(name, name));

    /// <summary>Whether a document about an item of the type can fill the path in.</summary>
    public static bool Knows(string path, ItemType type, Func<int, ItemType?> typeOf)
    {
        var (root, name) = Split(path);
        if (IsRoot(root, Products)) return Has(RowFields, name) || Has(TotalFields, name);
        if (IsRoot(root, Paper)) return Has(PaperFields, name);
        if (IsRoot(root, Given) || IsRoot(root, System)) return name.Length > 0;
        return IsRoot(root, Item) && KnowsField(name, type, typeOf);
    }

    private static bool KnowsField(string name, ItemType type, Func<int, ItemType?> typeOf)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return FieldOf(type, name) is not null;

        var inner = name[(dot + 1)..];
        return FieldOf(type, name[..dot]) switch
        {
            { Kind: FieldKind.User } => Has(PersonFields, inner),
            { Kind: FieldKind.Item, TargetType: { } target } => typeOf(target) is { } linked && FieldOf(linked, inner) is not null,
            _ => false,
        };
    }
}
