using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Functions;

/// <summary>Logic; only the arguments that matter are evaluated.</summary>
internal static class LogicFunctions
{
    public static Function[] All { get; } =
    [
        new("true", FunctionGroup.Logic, 0, 0, [], (_, _) => Value.True) { IsWord = true },
        new("false", FunctionGroup.Logic, 0, 0, [], (_, _) => Value.False) { IsWord = true },
        new("if", FunctionGroup.Logic, 2, 3, ["condition", "then", "otherwise"], If),
        new("and", FunctionGroup.Logic, 1, Function.Many, ["condition"], (call, run) => Until(call, run, stopAt: false)),
        new("or", FunctionGroup.Logic, 1, Function.Many, ["condition"], (call, run) => Until(call, run, stopAt: true)),
        Function.Of("not", FunctionGroup.Logic, 1, 1, ["condition"], arguments => Value.Of(!ValueKinds.IsTrue(arguments[0]))),
    ];

    private static Value? If(CallNode call, Run run)
    {
        if (call.Arguments[0].Evaluate(run) is not { } condition) return null;
        if (ValueKinds.IsTrue(condition)) return call.Arguments[1].Evaluate(run);
        return call.Arguments.Length > 2 ? call.Arguments[2].Evaluate(run) : Value.Null;
    }

    private static Value? Until(CallNode call, Run run, bool stopAt)
    {
        foreach (var argument in call.Arguments)
        {
            if (!run.Step(argument) || argument.Evaluate(run) is not { } value) return null;
            if (ValueKinds.IsTrue(value) == stopAt) return Value.Of(stopAt);
        }

        return Value.Of(!stopAt);
    }
}
