using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Setup;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>Lets the first person in.</summary>
internal static class FirstRunSetup
{
    /// <summary>Makes the administrator of an empty portal, writes first-run.json and answers what is to be printed; null when somebody is there already.</summary>
    /// <param name="baseUrl">Where browsers reach the app, for example http://localhost:5000.</param>
    public static async Task<FirstRunNote?> RunAsync(IServiceProvider services, string baseUrl, string dataDirectory, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var zone = TimeZoneInfo.Local;
        var request = new FirstRun
        {
            TimeZone = zone.HasIanaId ? zone.Id : "UTC",
            Keep = (secrets, token) => FirstRunFile.WriteAsync(dataDirectory, Note(secrets, baseUrl), token),
        };
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request, ct) is { } made ? Note(made, baseUrl) : null;
    }

    /// <summary>The lines for the console.</summary>
    public static string Describe(FirstRunNote note) =>
        $"""

        This is the first start. Nothing of the following is shown again; it is also in {FirstRunFile.Name} of the data directory.
          Sign in once:     {note.SignInLink}
          Login, password:  {note.Login}  {note.Password}
          Inbound webhook:  {note.WebhookUrl}

        """;

    private static FirstRunNote Note(FirstRunSecrets made, string baseUrl) =>
        new(made.Login, made.Password, SignInLink.UrlOf(baseUrl, made.LinkToken), made.LinkExpiresAt, FormattableString.Invariant($"{baseUrl.TrimEnd('/')}/rest/{made.PersonId}/{made.WebhookSecret}/"));
}
