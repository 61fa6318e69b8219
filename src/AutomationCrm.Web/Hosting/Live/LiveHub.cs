using Microsoft.AspNetCore.SignalR;

namespace AutomationCrm.Web.Hosting.Live;

/// <summary>Tells browsers which topics changed; they fetch the parts again themselves, under their own rights (C7). A hint carries no data.</summary>
public sealed class LiveHub : Hub
{
    public const string Path = "/hub/live";
    private const int MaxTopics = 100;
    private const int MaxTopicLength = 100;

    public async Task Subscribe(string[] topics)
    {
        if (topics.Length > MaxTopics || Array.Exists(topics, topic => topic is not { Length: > 0 and <= MaxTopicLength }))
            throw new HubException($"At most {MaxTopics} topics of 1 to {MaxTopicLength} characters.");
        foreach (var topic in topics) await Groups.AddToGroupAsync(Context.ConnectionId, topic, Context.ConnectionAborted);
    }
}
