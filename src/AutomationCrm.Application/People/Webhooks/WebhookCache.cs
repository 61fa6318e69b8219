using System.Collections.Concurrent;

namespace AutomationCrm.Application.People.Webhooks;

/// <summary>
/// Webhooks that were right a moment ago, so that a busy program costs no question per call. Revoking forgets them at once on this node
/// and within <see cref="Lifetime"/> on the others.
/// </summary>
internal sealed class WebhookCache(TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);
    private const int MaxEntries = 10_000;
    private readonly ConcurrentDictionary<string, (WebhookGrant Grant, DateTimeOffset Until)> grants = new(StringComparer.Ordinal);
    private int generation;

    public int Generation => Volatile.Read(ref generation);

    public WebhookGrant? Find(long personId, byte[] secretHash) =>
        grants.TryGetValue(Key(personId, secretHash), out var entry) && entry.Until > clock.GetUtcNow() ? entry.Grant : null;

    /// <summary>Keeps a grant that was read in <paramref name="readIn"/>, unless something was revoked since.</summary>
    public void Keep(long personId, byte[] secretHash, WebhookGrant grant, int readIn)
    {
        if (grants.Count >= MaxEntries) grants.Clear();
        grants[Key(personId, secretHash)] = (grant, clock.GetUtcNow() + Lifetime);
        if (readIn != Generation) grants.Clear();
    }

    public void Forget()
    {
        Interlocked.Increment(ref generation);
        grants.Clear();
    }

    private static string Key(long personId, byte[] secretHash) => FormattableString.Invariant($"{personId}:{Convert.ToHexString(secretHash)}");
}
