using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Expressions;

/// <summary>A data object or data input of the diagram: the variable of one of its names.</summary>
internal sealed class VariableReference(params string[] names) : Expression(names[0])
{
    public override IReadOnlyCollection<string> Names => names;

    public override Datum Evaluate(IVariableReader variables)
    {
        Datum? found = null;
        foreach (var name in names)
        {
            var value = variables.Find(name);
            if (value is not null and not NullDatum) return value;
            found ??= value;
        }

        return found ?? Datum.Null;
    }
}
