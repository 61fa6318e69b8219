using System.Collections.Concurrent;
using System.Collections.Immutable;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Protocol.Query;

namespace AutomationCrm.Web.Tests.Rest.Hosting;

/// <summary>Deals in memory with just enough query to serve the protocol's tests.</summary>
internal sealed class StubRows
{
    private readonly ConcurrentDictionary<long, ImmutableDictionary<string, Value>> _rows = new();
    private long _last;

    public StubRows(int count)
    {
        for (var i = 1; i <= count; i++) Add(new Dictionary<string, Value> { ["title"] = Value.Of($"Deal {i}"), ["amount"] = Value.Of(i * 100m), ["stage"] = Value.Of("NEW") });
    }

    public int Count => _rows.Count;

    public long Add(IReadOnlyDictionary<string, Value> values)
    {
        var id = Interlocked.Increment(ref _last);
        _rows[id] = values.ToImmutableDictionary().SetItem("id", Value.Of((decimal)id));
        return id;
    }

    public ImmutableDictionary<string, Value>? Find(long id) => _rows.GetValueOrDefault(id);

    public bool Update(long id, IReadOnlyDictionary<string, Value> values)
    {
        if (Find(id) is not { } row) return false;
        _rows[id] = row.SetItems(values);
        return true;
    }

    public bool Remove(long id) => _rows.TryRemove(id, out _);

    public (IReadOnlyList<ImmutableDictionary<string, Value>> Rows, int Total) Query(RestFilterNode filter, bool descending, RestPage page)
    {
        var found = _rows.OrderBy(r => descending ? -r.Key : r.Key).Select(r => r.Value).Where(r => Matches(filter, r)).ToList();
        return ([.. found.Skip(page.Offset).Take(RestPage.Size)], found.Count);
    }

    private static bool Matches(RestFilterNode node, ImmutableDictionary<string, Value> row) => node switch
    {
        RestFilterGroup { Members.IsEmpty: true } => true,
        RestFilterGroup { Any: true } any => any.Members.Any(m => Matches(m, row)),
        RestFilterGroup all => all.Members.All(m => Matches(m, row)),
        RestFilterTerm term => Matches(term, row.GetValueOrDefault(term.Field) ?? Value.Null),
        _ => false,
    };

    private static bool Matches(RestFilterTerm term, Value value) => term.Operator switch
    {
        RestOperator.Empty => value.IsEmpty,
        RestOperator.NotEmpty => !value.IsEmpty,
        RestOperator.In => term.Operands.Contains(value),
        RestOperator.NotIn => !term.Operands.Contains(value),
        RestOperator.Equal => value == term.Operands[0],
        RestOperator.NotEqual => value != term.Operands[0],
        RestOperator.Contains => value is TextValue text && text.Text.Contains(((TextValue)term.Operands[0]).Text, StringComparison.OrdinalIgnoreCase),
        _ => value is NumberValue a && term.Operands[0] is NumberValue b && Compares(term.Operator, a.Number.CompareTo(b.Number)),
    };

    private static bool Compares(RestOperator op, int sign) => op switch
    {
        RestOperator.Greater => sign > 0,
        RestOperator.GreaterOrEqual => sign >= 0,
        RestOperator.Less => sign < 0,
        RestOperator.LessOrEqual => sign <= 0,
        _ => false,
    };
}
