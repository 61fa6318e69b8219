using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.OpenApi;

/// <summary>The REST methods to read about and to try with the token of a webhook.</summary>
public sealed class IndexModel : PageModel;
