using Microsoft.Extensions.Configuration;

namespace AutomationCrm.Application.Documents;

/// <summary>Addresses that people outside the app can follow; they begin with <c>Crm:Url</c>.</summary>
public sealed class PublicLinks(IConfiguration configuration)
{
    /// <summary>Without a slash at the end.</summary>
    public string Root => (configuration["Crm:Url"] ?? "http://localhost:5000").TrimEnd('/');

    public string OfDocument(string token) => $"{Root}/d/{token}";

    public string OfQrPage(string token) => $"{Root}/q/{token}";

    public string OfFile(Guid id) => $"{Root}/files/{id}";
}
