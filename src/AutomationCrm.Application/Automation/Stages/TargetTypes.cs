using System.Globalization;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>Whose fields and stages the settings of a robot mean.</summary>
public static class TargetTypes
{
    /// <summary>The type that its setting <c>itemType</c> names, the client that <c>client</c> names, or the item's own type.</summary>
    /// <param name="constants">Settings without placeholders by code.</param>
    public static ItemType Of(IReadOnlyDictionary<string, string> constants, ItemType own, PortalSnapshot portal)
    {
        ArgumentNullException.ThrowIfNull(constants);
        ArgumentNullException.ThrowIfNull(portal);
        var id = constants.GetValueOrDefault("client") switch
        {
            "company" => ItemTypeIds.Company,
            "contact" => ItemTypeIds.Contact,
            _ => int.TryParse(constants.GetValueOrDefault("itemType"), NumberStyles.None, CultureInfo.InvariantCulture, out var named) ? named : own.Id,
        };
        return portal.Type(id) ?? own;
    }
}
