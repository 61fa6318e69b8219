using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Variables: looked up from the inside out, then among the facts; assigned where they live, else at the instance.</summary>
internal sealed partial class Run : IVariableReader
{
    private int readFrom;

    Datum? IVariableReader.Find(string name) => Find(name, readFrom);

    public Datum? Find(string name, int from)
    {
        for (var id = from; id != 0;)
        {
            var index = Nodes.IndexOf(id);
            if (index < 0) break;
            var node = Nodes.Rows[index];
            var value = node.Locals.Find(name) ?? LoopVariables.Find(this, node, name);
            if (value is not null) return value;
            id = node.Parent;
        }

        return Facts.Find(name);
    }

    /// <summary>Everything that can be read at a node, inner values first.</summary>
    public VariableSet Visible(int from)
    {
        var all = VariableSet.Empty;
        for (var id = from; id != 0;)
        {
            var node = Nodes.Find(id)!;
            foreach (ref readonly var entry in node.Locals.AsSpan())
                if (!all.Has(entry.Key)) all = all.With(entry.Key, entry.Value);
            id = node.Parent;
        }

        return all;
    }

    /// <summary>Throws <see cref="ExpressionException"/>.</summary>
    public Datum Evaluate(Expression expression, int from)
    {
        readFrom = from;
        return expression.Evaluate(this);
    }

    public bool TryEvaluate(Expression expression, int from, out Datum value, out string problem)
    {
        try
        {
            value = Evaluate(expression, from);
            problem = "";
            return true;
        }
        catch (ExpressionException broken)
        {
            value = Datum.Null;
            problem = $"The expression '{expression.Text}' failed: {broken.Message}";
            return false;
        }
    }

    /// <summary>A condition that has to be true or false; null counts as neither unless <paramref name="nullIsFalse"/>.</summary>
    public bool TryTest(Expression condition, int from, out bool isTrue, out string problem, bool nullIsFalse = false)
    {
        isTrue = false;
        if (!TryEvaluate(condition, from, out var value, out problem)) return false;
        switch (value)
        {
            case BoolDatum flag:
                isTrue = flag.Flag;
                return true;
            case NullDatum when nullIsFalse:
                return true;
            default:
                problem = $"The condition '{condition.Text}' gives '{value}', which is neither true nor false.";
                return false;
        }
    }

    public void Assign(int from, string name, Datum value)
    {
        var target = 1;
        for (var id = from; id > 1;)
        {
            var index = Nodes.IndexOf(id);
            if (index < 0) break;
            var node = Nodes.Rows[index];
            if (node.Locals.Has(name))
            {
                target = id;
                break;
            }

            id = node.Parent;
        }

        var owner = Own(target)!;
        owner.Locals = owner.Locals.With(name, value);
        PlanLookingAtConditions();
    }

    public void Assign(int from, VariableSet values)
    {
        foreach (ref readonly var entry in values.AsSpan()) Assign(from, entry.Key, entry.Value);
    }
}
