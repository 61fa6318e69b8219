using System.Globalization;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Web.Rest.Protocol.Methods;

namespace AutomationCrm.Web.Rest.Binding;

/// <summary>Makes the use cases of one REST call act as the webhook's owner, in the chain of causes the request belongs to.</summary>
internal sealed class CallerScope(Caller caller) : IRestCallScope
{
    public void Begin(RestRequest request, RestMethod method)
    {
        var webhook = request.Caller;
        caller.Become(webhook.UserId, webhook.IsAdministrator, Origin.Rest, ChainHeader.Read(request.Chain));
        // An id is known to one webhook and one method only: nobody gets an answer that was not his, or of another form.
        caller.CommandId = request.CommandId is { } id && !method.ReadOnly
            ? CommandIds.Derive(id, string.Create(CultureInfo.InvariantCulture, $"{webhook.WebhookId} {method.Name}"))
            : null;
    }
}
