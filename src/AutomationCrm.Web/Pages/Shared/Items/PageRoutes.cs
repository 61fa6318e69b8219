using System.Globalization;

namespace AutomationCrm.Web.Pages.Shared.Items;

/// <summary>What the address of a page names; the page's route has let nothing else through.</summary>
internal static class PageRoutes
{
    public static ItemKind Kind(this RouteData route) => ItemKind.Of((string)route.Values["kind"]!);

    public static int PipelineId(this RouteData route) => int.Parse((string)route.Values["pipeline"]!, CultureInfo.InvariantCulture);
}
