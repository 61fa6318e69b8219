using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages;

/// <summary>The app begins where the work is: on the board of deals.</summary>
public sealed class IndexModel : PageModel
{
    public IActionResult OnGet() => Redirect("/deals");
}
