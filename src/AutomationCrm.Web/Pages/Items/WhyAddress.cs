using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Pages.Shared.Items;

namespace AutomationCrm.Web.Pages.Items;

/// <summary>The page that tells why a robot ran or did not.</summary>
internal static class WhyAddress
{
    public static string Of(ItemRef item, string stageId, string robotKey) => $"{ItemKind.UrlOf(item)}/why?stage={Uri.EscapeDataString(stageId)}&robot={Uri.EscapeDataString(robotKey)}";
}
