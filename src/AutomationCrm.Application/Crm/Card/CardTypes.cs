using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Crm.Card;

/// <summary>Everything the page of one item shows but its automation tab.</summary>
/// <param name="Pipeline">Null for items without stages.</param>
/// <param name="Steps">The stepper: the stages of work and the current one if it is final.</param>
/// <param name="Titles">Of the items its fields refer to, as far as the caller may see them.</param>
/// <param name="OpenTasks">The next deadline first.</param>
/// <param name="Timeline">Its first page.</param>
/// <param name="Problems">Open incidents of its automation.</param>
/// <param name="Undo">Set while the caller may take the last move back.</param>
public sealed record ItemCard(
    Item Item,
    Pipeline? Pipeline,
    IReadOnlyList<StageStep> Steps,
    IReadOnlyDictionary<ItemRef, string> Titles,
    IReadOnlyList<TaskItem> OpenTasks,
    TimelinePage Timeline,
    int Problems,
    UndoOffer? Undo)
{
    public bool MayUpdate { get; init; }

    public bool MayDelete { get; init; }
}

public enum StepState
{
    Passed,
    Current,
    Ahead,
}

public sealed record StageStep(Stage Stage, StepState State);

/// <param name="Version">Names the move for <c>UndoMove</c>.</param>
public sealed record UndoOffer(long Version, DateTimeOffset Until, string FromStageId);
