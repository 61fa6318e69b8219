using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>The variables a marker offers; computed when read, so no step has to keep them up to date.</summary>
internal static class LoopVariables
{
    public static Datum? Find(Run run, Node node, string name)
    {
        if (name.Length < 8 || name[0] is not ('n' or 'l')) return null;
        if (name == "loopCounter" && node.LoopIndex > 0) return Datum.Of(node.LoopIndex);
        if (node.Kind != NodeKind.Body) return null;
        var loop = (LoopData)node.Data!;
        return name switch
        {
            "nrOfInstances" or "numberOfInstances" => Datum.Of(loop.Total),
            "nrOfCompletedInstances" or "numberOfCompletedInstances" => Datum.Of(loop.Completed),
            "nrOfTerminatedInstances" or "numberOfTerminatedInstances" => Datum.Of(loop.Terminated),
            "nrOfActiveInstances" or "numberOfActiveInstances" => Datum.Of(Active(run, node, loop)),
            "loopCounter" => Datum.Of(loop.Started),
            _ => null,
        };
    }

    private static int Active(Run run, Node body, LoopData loop)
    {
        var activity = (Model.Activity)run.ElementOf(body);
        var begun = activity.Loop is Model.MultiInstance { IsSequential: false } ? loop.Total : loop.Started;
        return begun - loop.Completed - loop.Terminated;
    }
}
