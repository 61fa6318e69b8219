using Microsoft.AspNetCore.Authorization;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>Refuses to start while an endpoint neither names a policy nor says that anybody may come (A10).</summary>
internal sealed class PolicyCheck : IStartupFilter
{
    // Run from the build output, the framework adds an endpoint for files that came after the build. It takes no metadata of ours;
    // the fallback policy (signed in) covers it, and a published app does not have it.
    private const string BuildOutputFiles = "Fallback {**path:file}";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);

        // The endpoints are complete once the pipeline is built; the server does not listen yet.
        var open = Unprotected(app.ApplicationServices.GetRequiredService<EndpointDataSource>());
        if (open.Count > 0) throw new InvalidOperationException($"These endpoints carry no policy and no AllowAnonymous: {string.Join("; ", open)}.");
    };

    private static List<string> Unprotected(EndpointDataSource endpoints) =>
    [
        .. endpoints.Endpoints
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<AuthorizationPolicy>() is null)
            .Where(e => e.DisplayName != BuildOutputFiles)
            .Select(e => e.DisplayName ?? e.ToString() ?? "?")
            .Order(StringComparer.Ordinal),
    ];
}
