using System.Security.Claims;
using AutomationCrm.Web.Hosting.SignIn;
using Microsoft.AspNetCore.SignalR;

namespace AutomationCrm.Web.Hosting.Live;

/// <summary>Tells browsers which topics changed; they fetch the parts again themselves, under their own rights (C7). A hint carries no data.</summary>
public sealed class LiveHub(LiveTopics topicsOf) : Hub
{
    public const string Path = "/hub/live";
    private const int MaxTopics = 100;
    private const int MaxTopicLength = 100;

    /// <summary>Topics that the person may not hear of are left out without a word: whether such an item exists is not told.</summary>
    public async Task Subscribe(string[] topics)
    {
        if (topics.Length > MaxTopics || Array.Exists(topics, topic => topic is not { Length: > 0 and <= MaxTopicLength }))
            throw new HubException($"At most {MaxTopics} topics of 1 to {MaxTopicLength} characters.");
        if (Context.User is not { Identity.IsAuthenticated: true } user) return;

        foreach (var topic in await topicsOf.AllowedAsync(topics, PersonClaims.IdOf(user, ClaimTypes.NameIdentifier), user.HasClaim(PersonClaims.Admin, "1"), Context.ConnectionAborted))
            await Groups.AddToGroupAsync(Context.ConnectionId, topic, Context.ConnectionAborted);
    }
}
