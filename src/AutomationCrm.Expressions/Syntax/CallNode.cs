using System.Collections.Immutable;
using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Functions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Syntax;

internal sealed class CallNode : Node
{
    public CallNode(int position, int length, Function function, ImmutableArray<Node> arguments)
        : base(position, length)
    {
        (Function, Arguments) = (function, arguments);
        Height = 1 + (arguments.IsEmpty ? 0 : arguments.Max(argument => argument.Height));
    }

    public Function Function { get; }

    public ImmutableArray<Node> Arguments { get; }

    public override Value? Evaluate(Run run) => run.Step(this) ? Function.Body(this, run) : null;
}
