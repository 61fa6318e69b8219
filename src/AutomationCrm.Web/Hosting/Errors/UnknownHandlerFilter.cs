using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AutomationCrm.Web.Hosting.Errors;

/// <summary>
/// Refuses what no handler of the page takes: the framework would draw the page without having loaded anything. Pages without any
/// handler (errors, for example) are drawn for every method.
/// </summary>
internal sealed class UnknownHandlerFilter : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
        // The decision needs a result, which only the next step takes.
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var known = context.ActionDescriptor.HandlerMethods.Where(h => HttpMethods.IsGet(h.HttpMethod) || HttpMethods.IsPost(h.HttpMethod)).ToList();
        if (context.HandlerMethod is not null || known.Count == 0) return;

        var method = context.HttpContext.Request.Method;
        var reads = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        if (reads && !known.Exists(h => HttpMethods.IsGet(h.HttpMethod))) return;

        context.Result = new StatusCodeResult(reads ? StatusCodes.Status404NotFound : StatusCodes.Status405MethodNotAllowed);
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
        // Nothing to do afterwards.
    }
}
