using AutomationCrm.Application.Portal;

namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>
/// The world of one dry run: a time that can be moved forward, a configuration in which one stage may have other robots, and ids from
/// ranges that no sequence reaches.
/// </summary>
internal sealed class Rehearsal(DateTimeOffset now, PortalSnapshot portal)
{
    // Rows: far above every sequence. Items: the upper half of what a lane's name can hold.
    private long lastRow = 1L << 62;
    private long lastItem = 1L << 43;

    public DateTimeOffset Now { get; set; } = new(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), now.Offset);

    public PortalSnapshot Portal { get; } = portal;

    public long NextRowId() => ++lastRow;

    public long NextItemId() => ++lastItem;
}

/// <summary>Whether a scope belongs to a dry run; empty in all others.</summary>
internal sealed class RehearsalSlot
{
    public Rehearsal? Current { get; set; }
}
