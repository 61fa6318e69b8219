using AutomationCrm.Application.Lanes;

namespace AutomationCrm.Application.Import.Running;

/// <summary>Rung when an import was started on this node.</summary>
public sealed class ImportBell
{
    public Wakeup Rings { get; } = new();
}
