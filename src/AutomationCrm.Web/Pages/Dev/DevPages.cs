using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Dev;

/// <summary>The pages that show the parts with sample data. They have an address in Development, or with Crm__DevPages=true, and none otherwise.</summary>
internal static class DevPages
{
    public static void Hide(RazorPagesOptions options, WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment() || builder.Configuration.GetValue<bool>("Crm:DevPages")) return;
        options.Conventions.AddFolderRouteModelConvention("/Dev", page => page.Selectors.Clear());
    }
}
