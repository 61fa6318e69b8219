using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Crm.Board;

/// <summary>What is wanted of a board.</summary>
/// <param name="AfterId">Cards below this number only.</param>
/// <param name="Take">Cards of each stage.</param>
public sealed record BoardRequest(int TypeId, int PipelineId, IReadOnlyList<string> StageIds, FilterNode? Filter, ItemScope Scope, long? AfterId, int Take);

public sealed record BoardRow(Item Item, string? CompanyTitle, string? ContactTitle, CardTasks Tasks, CardAutomation Automation);

public readonly record struct StageSum(long Items, decimal Amount);

/// <param name="Cards">By stage and falling number; up to one more than asked for each stage.</param>
public sealed record BoardRows(IReadOnlyDictionary<string, StageSum> Sums, IReadOnlyList<BoardRow> Cards);

/// <summary>A board in one round trip.</summary>
public interface IBoardReader
{
    Task<BoardRows> ReadAsync(BoardRequest request, CancellationToken ct);
}
