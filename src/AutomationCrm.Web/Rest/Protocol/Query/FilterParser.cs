using System.Collections.Immutable;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Rest.Protocol.Query;

/// <summary>
/// Reads the filter language. Classic lists ignore fields they do not know and know no groups; item lists refuse unknown
/// fields and join groups by logic. At most 20 terms and 1,000 operands (A15).
/// </summary>
internal sealed class FilterParser(RestFieldSet fields, RestValueReader values)
{
    public const int MaxTerms = 20;
    public const int MaxOperands = 1_000;
    private const string Logic = "logic";
    private int _terms;

    public RestFilterNode Parse(RestValue? filter)
    {
        if (filter is null || filter.IsEmpty) return RestFilterNode.Everything;
        _terms = 0;
        return Group(filter);
    }

    private RestFilterGroup Group(RestValue group)
    {
        var any = !fields.IsClassic && ReadLogic(group);
        var members = ImmutableArray.CreateBuilder<RestFilterNode>();
        foreach (var (key, value) in group.Entries)
        {
            if (!fields.IsClassic && key.Equals(Logic, StringComparison.OrdinalIgnoreCase)) continue;
            if (!fields.IsClassic && RestKeys.TryIndex(key, out _) && value.IsContainer) members.Add(Group(value));
            else if (Term(key, value) is { } term) members.Add(term);
        }

        return new RestFilterGroup(any, members.ToImmutable());
    }

    private static bool ReadLogic(RestValue group)
    {
        foreach (var (key, value) in group.Entries)
        {
            if (!key.Equals(Logic, StringComparison.OrdinalIgnoreCase)) continue;
            if ("OR".Equals(value.Text, StringComparison.OrdinalIgnoreCase)) return true;
            if (!"AND".Equals(value.Text, StringComparison.OrdinalIgnoreCase)) throw Refused("Invalid filter: logic must be AND or OR", Logic);
        }

        return false;
    }

    private RestFilterTerm? Term(string key, RestValue value)
    {
        var (op, name) = FilterKey.Split(key);
        if (fields.Find(name) is not { Filterable: true } field)
            return fields.IsClassic ? null : throw Refused($"Invalid filter: field '{name}' is not allowed in filter", name);
        if (++_terms > MaxTerms) throw Refused($"Invalid filter: more than {MaxTerms} conditions", name);
        if (value.IsContainer) return Many(field, name, op, value);
        if (IsEmptyTest(field, value) && EmptyTest(op) is { } test) return new RestFilterTerm(field.Code, test, []);
        return op switch
        {
            RestOperator.In or RestOperator.NotIn => Many(field, name, op, RestValue.List([value])),
            _ => Compare(field, name, op, value),
        };
    }

    private RestFilterTerm Compare(IRestField field, string name, RestOperator op, RestValue value)
    {
        if (IsPattern(op))
        {
            if (field.Kind is not (RestFieldKind.Text or RestFieldKind.Multi)) throw Refused($"Invalid filter: field '{name}' cannot be searched by substring", name);
            return new(field.Code, op, [Value.Of(value.Text ?? "")]);
        }

        // Nothing is greater or less than nothing: a batch reference that led nowhere must not become "all rows".
        return Operand(field, name, value) is { IsEmpty: false } operand ? new(field.Code, op, [operand]) : new(field.Code, RestOperator.In, []);
    }

    // A list means one of.
    private RestFilterTerm Many(IRestField field, string name, RestOperator op, RestValue list)
    {
        var items = list.Entries.Select(e => e.Value).ToArray();
        if (items.Length > MaxOperands) throw Refused($"Invalid filter: field '{name}' has more than {MaxOperands} values", name);
        return op switch
        {
            RestOperator.Equal or RestOperator.In => new(field.Code, RestOperator.In, Operands(field, name, items)),
            RestOperator.NotEqual or RestOperator.NotIn => new(field.Code, RestOperator.NotIn, Operands(field, name, items)),
            _ when items is [{ IsContainer: false } only] => Compare(field, name, op, only),
            _ => throw Refused($"Invalid filter: field '{name}' has invalid value", name),
        };
    }

    private ImmutableArray<Value> Operands(IRestField field, string name, IEnumerable<RestValue> items) =>
        [.. items.Select(i => Operand(field, name, i)).Where(v => !v.IsEmpty)];

    private Value Operand(IRestField field, string name, RestValue value) =>
        values.TryReadOne(field, value, out var operand) ? operand : throw Refused($"Invalid filter: field '{name}' has invalid value", name);

    private static bool IsPattern(RestOperator op) => op is RestOperator.Contains or RestOperator.NotContains or RestOperator.Like or RestOperator.NotLike;

    // false asks for empty, except where false is a value of the field.
    private static bool IsEmptyTest(IRestField field, RestValue value) =>
        value.IsEmpty || value is RestText { Text: "null" } || (value is RestBool { Flag: false } && field.Kind != RestFieldKind.Flag);

    private static RestOperator? EmptyTest(RestOperator op) => op switch
    {
        RestOperator.Equal or RestOperator.In => RestOperator.Empty,
        RestOperator.NotEqual or RestOperator.NotIn => RestOperator.NotEmpty,
        _ => null,
    };

    private static RestException Refused(string text, string argument) => new(new RestError(400, RestErrors.InvalidArgument, text, argument));
}
