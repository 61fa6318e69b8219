namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>The token of a one-time link, taken out of the request before the host logs its path.</summary>
internal sealed record SignInLink(string Token)
{
    public const string Path = "/sign-in/link";

    public static string UrlOf(string baseUrl, string token) => $"{baseUrl.TrimEnd('/')}{Path}/{token}";
}
