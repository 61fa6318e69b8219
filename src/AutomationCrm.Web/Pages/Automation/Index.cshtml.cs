using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>The way in: the robots of the sales pipeline.</summary>
public sealed class IndexModel : PageModel
{
    public IActionResult OnGet() => Redirect("/automation/deals/0");
}
