namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>Secrets of a form. They are no arguments of page handlers, because the framework's finest log level writes those down.</summary>
internal static class SecretFields
{
    public static string Read(this HttpRequest request, string name) => request.HasFormContentType ? request.Form[name].ToString() : "";
}
