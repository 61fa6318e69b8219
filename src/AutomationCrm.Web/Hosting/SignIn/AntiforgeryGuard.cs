using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.SignalR;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>
/// Asks every unsafe request to an endpoint for its antiforgery token (A23). Razor Pages ask themselves, endpoints that take tokens of
/// programs are marked with DisableAntiforgery, and a hub's negotiation changes nothing.
/// </summary>
internal static class AntiforgeryGuard
{
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!Guards(context) || await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    private static bool Guards(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method) || HttpMethods.IsTrace(context.Request.Method)) return false;
        if (context.GetEndpoint()?.Metadata is not { } metadata) return false;

        return metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: false }
            && metadata.GetMetadata<PageActionDescriptor>() is null
            && metadata.GetMetadata<HubMetadata>() is null;
    }
}
