using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Expressions.Basic;

/// <summary>The calls the language knows; anything else is refused when the expression is compiled.</summary>
internal static class BasicFunctions
{
    public static Evaluator Call(string name, List<Evaluator> arguments) => (name, arguments.Count) switch
    {
        ("vars:equals" or "equals", 2) => v => Datum.Of(BasicOperations.Same(arguments[0](v), arguments[1](v))),
        ("vars:contains" or "contains", 2) => v => Datum.Of(BasicOperations.Contains(arguments[0](v), arguments[1](v))),
        ("not", 1) => v => Datum.Of(!BasicOperations.Truth(arguments[0](v))),
        ("count" or "len" or "size", 1) => v => Datum.Of(BasicOperations.Size(arguments[0](v))),
        ("sum", 1) => v => Datum.Of(Numbers(arguments[0](v)).Sum()),
        ("min", 1) => v => Extreme(arguments[0](v), static n => n.Min()),
        ("max", 1) => v => Extreme(arguments[0](v), static n => n.Max()),
        ("range", 1) => v => Range(BasicOperations.Number(arguments[0](v))),
        ("is_defined" or "defined", 1) => v => Datum.Of(arguments[0](v) is not NullDatum),
        _ => throw new ExpressionException($"There is no function '{name}' with {arguments.Count} arguments."),
    };

    public static Datum CallMethod(Datum target, string name, List<Evaluator> arguments, IVariableReader variables)
    {
        if (target is NullDatum && name != "equals") throw new ExpressionException($"'{name}' is asked of nothing.");
        return (name, arguments.Count) switch
        {
            ("contains", 1) => Datum.Of(BasicOperations.Contains(target, arguments[0](variables))),
            ("equals", 1) => Datum.Of(BasicOperations.Same(target, arguments[0](variables))),
            ("startsWith", 1) => Datum.Of(target.ToString()!.StartsWith(arguments[0](variables).ToString()!, StringComparison.Ordinal)),
            ("size" or "length", 0) => Datum.Of(BasicOperations.Size(target)),
            ("isEmpty", 0) => Datum.Of(BasicOperations.Size(target) == 0),
            ("get", 1) => BasicOperations.Item(target, arguments[0](variables)),
            _ => throw new ExpressionException($"There is no call '{name}' with {arguments.Count} arguments."),
        };
    }

    private static IEnumerable<decimal> Numbers(Datum value) =>
        value is ListDatum list ? list.Items.Select(BasicOperations.Number) : throw new ExpressionException($"'{value}' is no list.");

    private static Datum Extreme(Datum value, Func<IEnumerable<decimal>, decimal> pick)
    {
        var numbers = Numbers(value).ToList();
        return numbers.Count == 0 ? Datum.Null : Datum.Of(pick(numbers));
    }

    private static Datum Range(decimal count) => count is >= 0 and <= 10_000
        ? Datum.Of(Enumerable.Range(0, (int)count).Select(Datum.Of))
        : throw new ExpressionException($"A range of {count} items is not possible.");
}
