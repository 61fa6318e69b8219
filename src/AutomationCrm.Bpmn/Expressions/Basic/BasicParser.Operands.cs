using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Expressions.Basic;

/// <summary>Literals, names, calls, members and indexes.</summary>
internal sealed partial class BasicParser
{
    private Evaluator Postfix()
    {
        var value = Primary();
        while (true)
        {
            var target = value;
            if (Take("."))
            {
                var member = ExpectName();
                if (Take("("))
                {
                    var arguments = Arguments(")");
                    value = v => BasicFunctions.CallMethod(target(v), member, arguments, v);
                }
                else
                {
                    value = v => BasicOperations.Member(target(v), member);
                }
            }
            else if (Take("["))
            {
                var index = Choice();
                Expect("]");
                value = v => BasicOperations.Item(target(v), index(v));
            }
            else
            {
                return value;
            }
        }
    }

    private Evaluator Primary()
    {
        var current = token;
        Advance();
        switch (current.Kind)
        {
            case TokenKind.Number:
                return Constant(Datum.Of(current.Number));
            case TokenKind.Text:
                return Constant(Datum.Of(current.Text));
            case TokenKind.Name:
                return Named(current.Text);
            case TokenKind.Symbol when current.Text == "(":
                var inner = Choice();
                Expect(")");
                return inner;
            case TokenKind.Symbol when current.Text == "[":
                var items = Arguments("]");
                return v => Datum.Of(items.Select(i => i(v)));
            default:
                throw new ExpressionException(current.Kind == TokenKind.End ? "The expression ends too early." : $"'{current.Text}' is not expected here.");
        }
    }

    private Evaluator Named(string name)
    {
        switch (name)
        {
            case "true" or "True":
                return Constant(Datum.True);
            case "false" or "False":
                return Constant(Datum.False);
            case "null" or "None":
                return Constant(Datum.Null);
        }

        if (Take(":")) name = $"{name}:{ExpectName()}";
        if (Take("("))
        {
            var arguments = Arguments(")");
            return BasicFunctions.Call(name, arguments);
        }

        if (!names.Contains(name)) names.Add(name);
        return v => v.Find(name) ?? Datum.Null;
    }

    private List<Evaluator> Arguments(string close)
    {
        var arguments = new List<Evaluator>();
        if (Take(close)) return arguments;
        do arguments.Add(Choice());
        while (Take(","));
        Expect(close);
        return arguments;
    }
}
