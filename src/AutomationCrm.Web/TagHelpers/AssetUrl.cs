using Microsoft.AspNetCore.Components;

namespace AutomationCrm.Web.TagHelpers;

/// <summary>The fingerprinted address of a static asset, for places the built-in tag helpers do not know.</summary>
internal static class AssetUrl
{
    public static string Of(HttpContext context, string path) =>
        context.Request.PathBase + "/" + (context.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>()?[path] ?? path);
}
