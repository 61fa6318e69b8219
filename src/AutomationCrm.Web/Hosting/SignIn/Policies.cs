namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>The names of the policies. An endpoint carries one of them, or says that anybody may come.</summary>
internal static class Policies
{
    public const string SignedIn = "SignedIn";
    public const string Administrator = "Administrator";
}
