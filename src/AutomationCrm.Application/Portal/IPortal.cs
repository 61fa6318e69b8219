namespace AutomationCrm.Application.Portal;

/// <summary>
/// Access to what is configured. Every read of items brings the stamp of the configuration along, so that a node never works with
/// a configuration older than the items it has just read, without asking the database a second time.
/// </summary>
public interface IPortal
{
    /// <summary>The snapshot in hand; throws when none was loaded yet.</summary>
    PortalSnapshot Current { get; }

    /// <summary>The snapshot, loaded anew when its stamp is older than <paramref name="stamp"/>.</summary>
    ValueTask<PortalSnapshot> AtLeastAsync(long stamp, CancellationToken ct);

    /// <summary>The snapshot after asking the database for the stamp.</summary>
    Task<PortalSnapshot> FreshAsync(CancellationToken ct);
}
