using System.Globalization;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Web.Hosting.Live;

/// <summary>Whose changes somebody may hear of: that something happened at all is told only to those who may see it.</summary>
public sealed class LiveTopics(IItemReader items, IAccess access, IServiceScopeFactory scopes)
{
    public async Task<IReadOnlyList<string>> AllowedAsync(IReadOnlyCollection<string> topics, long personId, bool isAdmin, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var caller = scope.ServiceProvider.GetRequiredService<Caller>();
        caller.Become(personId, isAdmin, Origin.Page);
        var named = topics.Distinct(StringComparer.Ordinal).ToDictionary(topic => topic, ItemOf, StringComparer.Ordinal);
        var readable = await items.FindTitlesAsync([.. named.Values.OfType<ItemRef>()], type => access.Scope(caller, type, ItemAction.Read), ct);
        return [.. named.Where(t => t.Value is { } item ? readable.ContainsKey(item) : MayHear(t.Key, personId, isAdmin)).Select(t => t.Key)];
    }

    private static bool MayHear(string topic, long personId, bool isAdmin) =>
        topic is Topics.Tasks or Topics.Attention
        || topic == Topics.Person(personId)
        || topic.StartsWith("board/", StringComparison.Ordinal)
        // Outgoing calls and imports are pages of administrators; a topic of the sample pages carries nothing.
        || topic.StartsWith("sample", StringComparison.Ordinal)
        || isAdmin;

    private static ItemRef? ItemOf(string topic) =>
        topic.Split('/') is ["item", var type, var id] && int.TryParse(type, NumberStyles.None, CultureInfo.InvariantCulture, out var typeId) && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var itemId)
            ? new ItemRef(typeId, itemId)
            : null;
}
