using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People;
using AutomationCrm.Application.People.Links;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>
/// <c>dotnet run --project src/AutomationCrm.Web -- --sign-in-link [login]</c>: prints a one-time link for the administrator who lost his
/// password. Whoever may start the program on the portal's machine owns it anyway.
/// </summary>
internal static class SignInLinkCommand
{
    private const string Switch = "--sign-in-link";

    public static bool IsAsked(IReadOnlyList<string> args) => args.Contains(Switch, StringComparer.Ordinal);

    /// <summary>Answers the exit code: 0 done, 1 nobody to make a link for.</summary>
    public static async Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> args, string baseUrl, TextWriter output, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(Caller.SystemId, isAdmin: true, Origin.Setup);
        var login = args.SkipWhile(a => a != Switch).Skip(1).FirstOrDefault(a => !a.StartsWith('-'));
        var people = scope.ServiceProvider.GetRequiredService<CrmDbContext>().People.AsNoTracking().Where(p => p.IsActive && !p.IsDemo && p.Login != null);
        people = login is null ? people.Where(p => p.IsAdmin) : people.WithLogin(login);
        if (await people.OrderBy(p => p.Id).FirstOrDefaultAsync(ct) is not { } person)
        {
            await output.WriteLineAsync(login is null ? "There is no active administrator with a login." : $"Nobody active has the login {login}.");
            return 1;
        }

        var link = await scope.ServiceProvider.GetRequiredService<ISender>().Send(new CreateSignInLink(person.Id), ct);
        await output.WriteLineAsync($"{person.Login} signs in once, until {link.ExpiresAt:u}, with {SignInLink.UrlOf(baseUrl, link.Token)}");
        return 0;
    }
}
