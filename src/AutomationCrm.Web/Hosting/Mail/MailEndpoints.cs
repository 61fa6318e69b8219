using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Web.Hosting.Security;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Items;

namespace AutomationCrm.Web.Hosting.Mail;

/// <summary>What readers of our mails come back to: the picture that tells of an opened mail, and its links. They lead to stored addresses only (A24).</summary>
internal static class MailEndpoints
{
    private static readonly byte[] Picture = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static void Map(WebApplication app)
    {
        app.MapGet(PublicLink.MailOpened, OpenedAsync).AllowAnonymous().RequireRateLimiting(PublicRate.Name);
        app.MapGet(PublicLink.MailLink + "/{number:int:range(1,100)}", FollowAsync).AllowAnonymous().RequireRateLimiting(PublicRate.Name);
        app.MapGet("/item/{type:int}/{id:long}", (int type, long id) => ItemKind.All.Any(k => k.TypeId == type) ? Results.LocalRedirect(ItemKind.UrlOf(new(type, id))) : Results.NotFound()).RequireAuthorization(Policies.SignedIn);
    }

    private static async Task<IResult> OpenedAsync(HttpContext http, ISender sender, Caller caller, CancellationToken ct)
    {
        const string ending = ".gif";
        var file = PublicLink.TokenOf(http);
        if (!file.EndsWith(ending, StringComparison.Ordinal) || file[..^ending.Length] is var token && !MailIds.IsToken(token)) return Results.NotFound();

        caller.Become(Caller.SystemId, isAdmin: true, Origin.Rest);
        await sender.Send(new RecordMailOpened(token), ct);
        // The same picture for every token: nobody learns which mails there are.
        http.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(Picture, "image/gif");
    }

    private static async Task<IResult> FollowAsync(int number, HttpContext http, ISender sender, Caller caller, CancellationToken ct)
    {
        var token = PublicLink.TokenOf(http);
        if (!MailIds.IsToken(token)) return Results.NotFound();

        caller.Become(Caller.SystemId, isAdmin: true, Origin.Rest);
        http.Response.Headers.CacheControl = "no-store";
        return await sender.Send(new FollowMailLink(token, number), ct) is { } url ? Results.Redirect(url) : Results.NotFound();
    }
}
