using AutomationCrm.Application.Crm.Items.Linked;

namespace AutomationCrm.Robots;

/// <summary>How other items belong to the item, as a setting.</summary>
internal static class LinkSetting
{
    public const string Linked = "linked";
    public const string Company = "company";
    public const string Contact = "contact";
    public const string Any = "any";

    public static ItemLink Read(string setting) => setting switch
    {
        Company => ItemLink.Company,
        Contact => ItemLink.Contact,
        Any => ItemLink.Any,
        _ => ItemLink.Linked,
    };
}
