using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Webhooks;
using AutomationCrm.Web.Rest.Protocol.Methods;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>The port of the REST door: webhooks as they are stored.</summary>
internal sealed class WebhookAuthenticator(ISender sender) : IWebhookAuthenticator
{
    public async ValueTask<WebhookIdentity?> AuthenticateAsync(long userId, string secret, CancellationToken ct)
    {
        // The door compares the form of the address itself, so that both refusals count the same way.
        var grant = await sender.Send(new AuthenticateWebhook(userId, secret, InUrl: false), ct);
        return grant is null ? null : new WebhookIdentity(grant.WebhookId, grant.PersonId, grant.IsAdmin, grant.Scopes) { UrlAllowed = grant.UrlForm };
    }
}
