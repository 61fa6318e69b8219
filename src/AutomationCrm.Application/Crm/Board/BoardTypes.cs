using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Crm.Board;

/// <summary>A pipeline with its columns in order; sums are in <paramref name="Currency"/>, the portal's.</summary>
public sealed record Board(ItemType Type, Pipeline Pipeline, string Currency, IReadOnlyList<BoardColumn> Columns)
{
    public long Items => Columns.Sum(c => c.Items);
}

/// <summary>One stage: totals over all its cards, and the cards of one page, newest number first.</summary>
/// <param name="Amount">Sum in the portal's currency.</param>
/// <param name="Weighted"><paramref name="Amount"/> by the stage's probability.</param>
/// <param name="Robots">Switched-on robots of the stage.</param>
/// <param name="NextAfterId">Where the following page begins; null at the end.</param>
public sealed record BoardColumn(Stage Stage, long Items, decimal Amount, decimal Weighted, int Robots, IReadOnlyList<BoardCard> Cards, long? NextAfterId);

/// <summary>What a card shows. A client the caller may not see has no title.</summary>
/// <param name="OnStageSince">Since when it stands on its stage.</param>
public sealed record BoardCard(Item Item, string ResponsibleName, string? CompanyTitle, string? ContactTitle, CardTasks Tasks, CardAutomation Automation, DateTimeOffset? OnStageSince)
{
    public string? ClientTitle => CompanyTitle ?? ContactTitle;
}

/// <param name="NextDeadline">The earliest of the open tasks.</param>
/// <param name="Overdue">How many of them are late.</param>
public readonly record struct CardTasks(int Open, int Overdue, DateTimeOffset? NextDeadline);

/// <param name="Waiting">Robots that wait for their time, their next try or their delivery.</param>
/// <param name="Problems">Open incidents.</param>
public readonly record struct CardAutomation(int Waiting, int Problems);
