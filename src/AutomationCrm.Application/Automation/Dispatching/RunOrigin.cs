using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.Dispatching;

/// <summary>What sets a run in motion.</summary>
/// <param name="Version">The item's version that the move made.</param>
/// <param name="From">The stage it comes from; null when it was not moved.</param>
internal sealed record RunOrigin(long Version, Stage? From)
{
    /// <summary>The chain of a move that starts several runs; null lets the run begin one, or join that of its cause.</summary>
    public Guid? ChainId { get; init; }

    /// <summary>Robots that the same move has set in motion before.</summary>
    public int Robots { get; init; }

    /// <summary>How long a move made by hand may be undone; null: as the run's own stage says.</summary>
    public int? UndoSeconds { get; init; }
}
