using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Items;

namespace AutomationCrm.Web.Hosting.Mail;

/// <summary>What readers of our mails come back to: the picture that tells of an opened mail, and its links. They lead to stored addresses only (A24).</summary>
internal static class MailEndpoints
{
    private static readonly byte[] Picture = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static void Map(WebApplication app)
    {
        app.MapGet("/m/o/{token:length(22)}.gif", OpenedAsync).AllowAnonymous();
        app.MapGet("/m/l/{token:length(22)}/{number:int:range(1,100)}", FollowAsync).AllowAnonymous();
        app.MapGet("/item/{type:int}/{id:long}", (int type, long id) => ItemKind.All.Any(k => k.TypeId == type) ? Results.LocalRedirect(ItemKind.UrlOf(new(type, id))) : Results.NotFound()).RequireAuthorization(Policies.SignedIn);
    }

    private static async Task<IResult> OpenedAsync(string token, HttpContext http, ISender sender, Caller caller, CancellationToken ct)
    {
        if (!MailIds.IsToken(token)) return Results.NotFound();

        caller.Become(Caller.SystemId, isAdmin: true, Origin.Rest);
        await sender.Send(new RecordMailOpened(token), ct);
        // The same picture for every token: nobody learns which mails there are.
        http.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(Picture, "image/gif");
    }

    private static async Task<IResult> FollowAsync(string token, int number, HttpContext http, ISender sender, Caller caller, CancellationToken ct)
    {
        if (!MailIds.IsToken(token)) return Results.NotFound();

        caller.Become(Caller.SystemId, isAdmin: true, Origin.Rest);
        http.Response.Headers.CacheControl = "no-store";
        return await sender.Send(new FollowMailLink(token, number), ct) is { } url ? Results.Redirect(url) : Results.NotFound();
    }
}
