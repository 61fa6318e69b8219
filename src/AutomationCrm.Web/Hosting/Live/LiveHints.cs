using AutomationCrm.Application.Ports;
using Microsoft.AspNetCore.SignalR;

namespace AutomationCrm.Web.Hosting.Live;

/// <summary>Sends "changed" hints to the browsers that subscribed to a topic. Lossy by design.</summary>
public sealed class LiveHints(IHubContext<LiveHub> hub) : ILiveHints
{
    public Task ChangedAsync(string topic, CancellationToken ct = default) => hub.Clients.Group(topic).SendAsync("changed", topic, ct);

    public async Task SendAsync(IReadOnlyList<string> topics)
    {
        foreach (var topic in topics) await ChangedAsync(topic);
    }
}
