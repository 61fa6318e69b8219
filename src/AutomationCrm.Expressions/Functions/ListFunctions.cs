using System.Collections.Immutable;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Functions;

internal static class ListFunctions
{
    public static Function[] All { get; } =
    [
        Function.Of("implode", FunctionGroup.List, 2, 2, ["glue", "list"], Implode),
        Function.Of("explode", FunctionGroup.List, 2, 2, ["separator", "text"], Explode),
        Function.Of("merge", FunctionGroup.List, 1, Function.Many, ["list"], Merge),
        Function.Of("shuffle", FunctionGroup.List, 1, 1, ["list"], Shuffle),
        Function.Of("firstvalue", FunctionGroup.List, 1, 1, ["list"], arguments => Items(arguments, 0) is [var first, ..] ? first : Value.Null),
        Function.Of("swirl", FunctionGroup.List, 1, 1, ["list"], Swirl),
    ];

    private static ImmutableArray<Value> Items(Arguments arguments, int index) => arguments[index] switch
    {
        ListValue list => list.Items.IsDefault ? [] : list.Items,
        NullValue => [],
        var single => [single],
    };

    private static bool Charge(Arguments arguments, long elements) =>
        arguments.Run.Step(arguments.Call, elements / 8) && arguments.Run.GrowList(elements, arguments.Call);

    private static Value? Implode(Arguments arguments)
    {
        if (arguments.Text(0) is not { } glue) return null;
        var context = arguments.Context;
        var list = new ListValue(Items(arguments, 1));
        if (!arguments.Run.Step(arguments.Call, list.Items.Length / 8)) return null;
        return arguments.Run.Joined(list, glue, arguments.Node(1), item => ValueText.Plain(item, context)) is { } text ? Value.Of(text) : null;
    }

    private static Value? Explode(Arguments arguments)
    {
        if (arguments.Text(0) is not { } separator || arguments.Text(1) is not { } text) return null;
        if (separator.Length == 0) return arguments.Fail("the separator is empty");
        if (!arguments.Run.Step(arguments.Call, (1L + (text.Length / 1024)) * (1L + (separator.Length / 128)))) return null;
        var count = Occurrences(text, separator) + 1;
        if (!Charge(arguments, count) || !arguments.Run.Grow(text.Length, arguments.Call)) return null;
        return Value.Of(text.Split(separator, StringSplitOptions.None).Select(part => Value.Of(part)));
    }

    private static long Occurrences(string text, string part)
    {
        long count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal)) count++;
        return count;
    }

    private static Value? Merge(Arguments arguments)
    {
        long total = 0;
        for (var i = 0; i < arguments.Count; i++) total += Items(arguments, i).Length;
        if (!Charge(arguments, total)) return null;
        var merged = ImmutableArray.CreateBuilder<Value>((int)total);
        for (var i = 0; i < arguments.Count; i++) merged.AddRange(Items(arguments, i));
        return new ListValue(merged.MoveToImmutable());
    }

    private static Value? Shuffle(Arguments arguments)
    {
        var items = Items(arguments, 0);
        if (!Charge(arguments, items.Length)) return null;
        var mixed = items.ToArray();
        for (var i = mixed.Length - 1; i > 0; i--)
        {
            var other = (int)arguments.Run.Random.Below((ulong)i + 1);
            (mixed[i], mixed[other]) = (mixed[other], mixed[i]);
        }

        return Value.Of(mixed);
    }

    private static Value? Swirl(Arguments arguments)
    {
        var items = Items(arguments, 0);
        if (items.Length < 2) return new ListValue(items);
        return Charge(arguments, items.Length) ? new ListValue([.. items[1..], items[0]]) : null;
    }
}
