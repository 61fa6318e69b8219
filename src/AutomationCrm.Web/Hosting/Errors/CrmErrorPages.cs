namespace AutomationCrm.Web.Hosting.Errors;

/// <summary>Error answers: a page for people, a fragment for htmx, a problem document for programs; /rest has its own protocol.</summary>
internal static class CrmErrorPages
{
    public static IApplicationBuilder UseCrmErrorPages(this IApplicationBuilder app) =>
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments("/rest", StringComparison.OrdinalIgnoreCase),
            branch =>
            {
                branch.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error/500", CreateScopeForErrors = true });
                branch.UseStatusCodePagesWithReExecute("/error/{0}");
            });

    /// <summary>True for a request of htmx that wants a part of a page.</summary>
    public static bool WantsFragment(this HttpRequest request) =>
        request.Headers.ContainsKey("HX-Request") && !string.Equals(request.Headers["HX-History-Restore-Request"], "true", StringComparison.Ordinal);

    /// <summary>True when the caller reads JSON and not HTML.</summary>
    public static bool WantsJson(this HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        return accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }
}
