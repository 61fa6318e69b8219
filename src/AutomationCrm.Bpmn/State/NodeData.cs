using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.State;

/// <summary>What only some kinds of nodes have to remember.</summary>
internal abstract class NodeData
{
    public abstract NodeData Copy();
}

/// <summary>Tokens that arrived at a gateway, by incoming flow. A complex gateway also knows whether it has fired.</summary>
internal sealed class JoinData(int[] arrived) : NodeData
{
    public int[] Arrived { get; } = arrived;

    /// <summary>A complex gateway has fired and waits for the rest.</summary>
    public bool HasFired { get; set; }

    /// <summary>Flows whose token the complex gateway has already used.</summary>
    public bool[] Used { get; init; } = new bool[arrived.Length];

    public override NodeData Copy() => new JoinData([.. Arrived]) { HasFired = HasFired, Used = [.. Used] };
}

/// <summary>The join nodes of a scope; for ad-hoc sub-processes also the activities completed so far.</summary>
internal sealed class ScopeData : NodeData
{
    public List<int> Joins { get; init; } = [];

    /// <summary>Null except in ad-hoc sub-processes.</summary>
    public HashSet<int>? Done { get; init; }

    public static ScopeData For(Model.Activity activity) => activity is Elements.Containers.AdHocSubProcess ? new() { Done = [] } : new();

    public override NodeData Copy() => new ScopeData { Joins = [.. Joins], Done = Done is null ? null : [.. Done] };
}

/// <summary>How far a marker has come.</summary>
internal sealed class LoopData : NodeData
{
    public required int Total { get; init; }

    public ListDatum? Items { get; init; }

    public Datum?[]? Outputs { get; init; }

    public int Started { get; set; }

    public int Completed { get; set; }

    public int Terminated { get; set; }

    public override NodeData Copy() => new LoopData
    {
        Total = Total,
        Items = Items,
        Outputs = Outputs is null ? null : [.. Outputs],
        Started = Started,
        Completed = Completed,
        Terminated = Terminated,
    };
}

/// <summary>What is still to be undone, latest first.</summary>
internal sealed class UndoData(Undoable? queue) : NodeData
{
    public Undoable? Queue { get; set; } = queue;

    /// <summary>How often a throw event with several definitions has already acted.</summary>
    public int Position { get; init; }

    public override NodeData Copy() => new UndoData(Queue) { Position = Position };
}
