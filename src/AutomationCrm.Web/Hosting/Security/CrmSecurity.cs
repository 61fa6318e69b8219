namespace AutomationCrm.Web.Hosting.Security;

/// <summary>Headers, antiforgery and the cross-site check.</summary>
internal static class CrmSecurity
{
    /// <summary>The header in which scripts send the antiforgery token of the page's meta tag.</summary>
    public const string AntiforgeryHeader = "X-CSRF-TOKEN";

    public static IServiceCollection AddCrmSecurity(this IServiceCollection services) =>
        services.AddAntiforgery(options =>
        {
            options.HeaderName = AntiforgeryHeader;
            options.Cookie.Name = "crm.csrf";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });

    /// <summary>First in the pipeline.</summary>
    public static IApplicationBuilder UseCrmSecurity(this IApplicationBuilder app) =>
        app.Use(async (context, next) =>
        {
            context.Response.OnStarting(() => SecurityHeaders.Write(context));
            if (CrossSiteGuard.Refuses(context.Request))
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                await context.Response.WriteAsJsonAsync(
                    new { title = "Forbidden", status = 403, detail = "The request came from another site." },
                    options: null,
                    contentType: "application/problem+json",
                    context.RequestAborted);
                return;
            }

            await RunAsync(context, next);
        });

    // The server itself would drop the headers of an answer to an exception nobody caught.
    private static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception failure) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CrmSecurity)).LogError(failure, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }
}
