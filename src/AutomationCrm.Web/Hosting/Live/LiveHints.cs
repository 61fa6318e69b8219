using Microsoft.AspNetCore.SignalR;

namespace AutomationCrm.Web.Hosting.Live;

/// <summary>Sends "changed" hints to the browsers that subscribed to a topic. Lossy by design.</summary>
public sealed class LiveHints(IHubContext<LiveHub> hub)
{
    public Task ChangedAsync(string topic, CancellationToken ct = default) => hub.Clients.Group(topic).SendAsync("changed", topic, ct);
}
