using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.State;

/// <summary>Reads variables as an expression at a node would, from the inside out.</summary>
public sealed class VariablesAt(ProcessState state, int nodeId) : IVariableReader
{
    public Datum? Find(string name)
    {
        for (var id = nodeId; id > 0;)
        {
            var index = IndexOf(id);
            if (index < 0) return null;
            var node = state.Nodes[index];
            if (node.Locals.Find(name) is { } value) return value;
            if (name == "loopCounter" && node.LoopIndex > 0) return Datum.Of(node.LoopIndex);
            id = node.Parent;
        }

        return null;
    }

    private int IndexOf(int id)
    {
        for (var i = 0; i < state.NodeCount; i++)
            if (state.Nodes[i].Id == id) return i;
        return -1;
    }
}
