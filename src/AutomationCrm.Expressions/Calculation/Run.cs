using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Calculation;

/// <summary>One evaluation under way: what it reads from, what it may still spend, and its first failure.</summary>
internal sealed class Run(IValueSource source, EvaluationContext context)
{
    private long _steps = context.Budget.Steps;
    private long _size = context.Budget.Size;
    private RandomNumbers? _random;

    public IValueSource Source { get; } = source;

    public EvaluationContext Context { get; } = context;

    public Failure? Failure { get; private set; }

    public RandomNumbers Random => _random ??= new RandomNumbers(Context.Seed);

    public Value? Fail(string code, Node node, params ReadOnlySpan<string> arguments)
    {
        Failure ??= Failure.Of(code, node.Position, node.Length, arguments);
        return null;
    }

    public Value? Fail(string code, int position, int length, params ReadOnlySpan<string> arguments)
    {
        Failure ??= Failure.Of(code, position, length, arguments);
        return null;
    }

    public bool Step(Node node, long count = 1) => (_steps -= count) >= 0 || OutOfSteps(node.Position, node.Length);

    public bool Step(int position) => --_steps >= 0 || OutOfSteps(position, 1);

    /// <summary>Charges texts and lists before they are made.</summary>
    public bool Grow(long size, Node node)
    {
        if ((_size -= size) >= 0) return true;
        Fail(FailureCodes.OutputBudget, node, Invariant(Context.Budget.Size));
        return false;
    }

    public bool GrowList(long elements, Node node) => Grow(elements * Budget.SizeOfElement, node);

    /// <summary>The plain text of a value; a joined list is charged here, a short scalar with the text it goes into.</summary>
    public string? Text(Value value, Node node, TimeZoneInfo zone)
    {
        if (value is not ListValue list) return ValueText.Plain(value, Context, zone);
        if (!Step(node, 1 + list.Items.Length / 8)) return null;
        return Joined(list, ValueText.ListSeparator, node, item => ValueText.Plain(item, Context, zone));
    }

    public string? Text(Value value, Node node) => Text(value, node, Context.TimeZone);

    /// <summary>Charged by its full length before the joined text is made.</summary>
    public string? Joined(ListValue list, string separator, Node node, Func<Value, string> textOf)
    {
        if (!GrowList(list.Items.Length, node)) return null;
        var texts = new string[list.Items.Length];
        long total = (long)separator.Length * Math.Max(0, texts.Length - 1);
        for (var i = 0; i < texts.Length; i++)
        {
            var item = list.Items[i];
            var text = item is ListValue nested ? Nested(nested, separator, node, textOf) : textOf(item);
            if (text is null) return null;
            texts[i] = text;
            total += text.Length;
        }

        return Grow(total, node) ? string.Join(separator, texts) : null;
    }

    public static string Invariant(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // Lists come from sources too, so their depth is not bounded by the text.
    private string? Nested(ListValue list, string separator, Node node, Func<Value, string> textOf)
    {
        if (_depth >= Budget.DeepestNesting)
        {
            Fail(FailureCodes.TooDeep, node, Invariant(Budget.DeepestNesting));
            return null;
        }

        _depth++;
        var text = Joined(list, separator, node, textOf);
        _depth--;
        return text;
    }

    private int _depth;

    private bool OutOfSteps(int position, int length)
    {
        Fail(FailureCodes.StepBudget, position, length, Invariant(Context.Budget.Steps));
        return false;
    }
}
