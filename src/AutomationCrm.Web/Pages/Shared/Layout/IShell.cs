namespace AutomationCrm.Web.Pages.Shared.Layout;

/// <summary>What the frame around every page shows about the person of this request.</summary>
public interface IShell
{
    Task<ShellView> GetAsync(CancellationToken ct);
}

/// <summary>A person somebody may look at the app as.</summary>
public sealed record ViewAsPerson(long Id, string Name, string? Position);

/// <summary>The frame's data. <see cref="ViewingAs"/> is the name of the person whose eyes are borrowed; counts of zero are not shown.</summary>
public sealed record ShellView
{
    public required string PortalName { get; init; }

    public string? PersonName { get; init; }

    public string? PersonDetail { get; init; }

    public string? ViewingAs { get; init; }

    public IReadOnlyList<ViewAsPerson> ViewAs { get; init; } = [];

    public int OpenTasks { get; init; }

    public int NeedsAttention { get; init; }

    public int Unread { get; init; }

    /// <summary>The topics whose hints refresh the counts, for example "person:7".</summary>
    public string Topics { get; init; } = "";
}
