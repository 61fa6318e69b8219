using System.Diagnostics;
using System.Globalization;
using AutomationCrm.Web.Hosting.Errors;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Errors;

/// <summary>Every error answer of the pages, re-executed with the failed request's own method, so no handler is named after one.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class StatusModel(IStringLocalizer<Texts> texts) : PageModel
{
    public int Code => int.TryParse(RouteData.Values["code"]?.ToString(), CultureInfo.InvariantCulture, out var code) && code is >= 400 and <= 599 ? code : 404;

    public bool Fragment => Request.WantsFragment();

    public string CorrelationId => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Response.StatusCode = Code;
        if (Request.WantsJson()) context.Result = Problem();
        if (!Fragment) return;

        // The part that was asked for stays as it is; the error shows above the page, whatever hx-select said.
        Response.Headers["HX-Retarget"] = "#page-alerts";
        Response.Headers["HX-Reswap"] = "innerHTML";
        Response.Headers["HX-Reselect"] = ".alert";
        Response.Headers["HX-Replace-Url"] = "false";
    }

    private ObjectResult Problem()
    {
        var key = Code >= 500 ? "server" : Code switch { 404 => "not_found", 403 => "forbidden", 401 => "unauthorized", 400 => "bad_request", 429 => "too_often", _ => "other" };
        var problem = new ProblemDetails { Status = Code, Title = texts[$"error.{key}.title"], Detail = texts[$"error.{key}.text"] };
        problem.Extensions["correlationId"] = CorrelationId;
        return new ObjectResult(problem) { StatusCode = Code, ContentTypes = { "application/problem+json" } };
    }
}
