using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>
/// The working copy of one step. Whoever wants a node to change asks <see cref="Own(int)"/>, which copies it once per step;
/// <see cref="Nodes"/> may be read directly as long as nothing is kept across a change.
/// </summary>
internal sealed partial class Run
{
    public ProcessModel Model { get; private set; } = null!;

    public ExecutionLimits Limits { get; private set; } = null!;

    public DateTimeOffset Now { get; private set; }

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public VariableSet Facts { get; private set; } = VariableSet.Empty;

    public long Epoch { get; private set; }

    public int Depth { get; private set; }

    public int LastId { get; set; }

    public InstanceStatus Status { get; set; }

    public string? ErrorCode { get; set; }

    public VariableSet Result { get; set; } = VariableSet.Empty;

    public Table<Node> Nodes { get; } = new();

    public Table<Subscription> Subscriptions { get; } = new();

    public List<Command> Commands { get; } = [];

    public List<HistoryEntry> History { get; } = [];

    /// <summary>Numbers of timers that were due when they were armed.</summary>
    public List<int> DueNow { get; } = [];

    /// <summary>Flows chosen by the last <see cref="FlowChoice"/>.</summary>
    public List<SequenceFlow> Chosen { get; } = [];

    /// <summary>Waiting gateways may have become able to fire.</summary>
    public bool JoinsChanged { get; set; }

    public bool IsLookingPlanned { get; set; }

    /// <summary>The activity whose own marker throws an event right now; its boundary events do not end it.</summary>
    public int Unharmed { get; set; } = -1;

    public Node Root => Own(1)!;

    public void Load(ProcessModel model, ProcessState state, Signal signal, ExecutionLimits limits)
    {
        (Model, Limits, Now, Zone, Facts) = (model, limits, signal.Now, signal.Zone, signal.Facts);
        (Epoch, Depth, LastId, Status) = (state.Version + 1, state.Depth, state.LastId, state.Status);
        (ErrorCode, Result) = (null, VariableSet.Empty);
        (JoinsChanged, IsLookingPlanned) = (true, false);
        Nodes.Load(state.Nodes, state.NodeCount);
        Subscriptions.Load(state.Subscriptions, state.SubscriptionCount);
        if (signal is StartInstance start) Depth = start.Depth;
    }

    public void Clear()
    {
        Nodes.Clear();
        Subscriptions.Clear();
        Commands.Clear();
        History.Clear();
        DueNow.Clear();
        Chosen.Clear();
        agenda.Clear();
        late.Clear();
        Unharmed = -1;
        (Model, Limits) = (null!, null!);
        (Facts, Result) = (VariableSet.Empty, VariableSet.Empty);
    }

    public FlowNode ElementOf(Node node) => Model.NodeArray[node.Element];

    /// <summary>The node, ready to be changed; null when it is gone.</summary>
    public Node? Own(int id)
    {
        var index = Nodes.IndexOf(id);
        return index < 0 ? null : OwnAt(index);
    }

    public Node OwnAt(int index)
    {
        var node = Nodes.Rows[index];
        if (node.Epoch == Epoch) return node;
        node = node.CopyFor(Epoch);
        Nodes.Set(index, node);
        return node;
    }

    /// <summary>Records a node; the caller has counted it in its parent.</summary>
    public Node Add(Node parent, int element, NodeKind kind, VariableSet? locals = null, NodeData? data = null, int loopIndex = 0)
    {
        if (Nodes.Count >= Limits.Nodes) throw new LimitReachedException("nodes", $"More than {Limits.Nodes} things would be active at once.");
        var node = new Node
        {
            Id = ++LastId,
            Parent = parent.Id,
            Element = element,
            Kind = kind,
            Epoch = Epoch,
            Locals = locals ?? VariableSet.Empty,
            Data = data,
            LoopIndex = loopIndex,
        };
        Nodes.Append(node);
        return node;
    }

    /// <summary>Takes the row out; the parent's count is the caller's business.</summary>
    public void Remove(Node node)
    {
        node.IsRemoved = true;
        var index = Nodes.IndexOf(node.Id);
        Nodes.RemoveRange(index, 1);
        JoinsChanged = true;
    }

    public void Emit(Command command) => Commands.Add(command);

    public void Record(HistoryKind kind, FlowNode element, int nodeId) => History.Add(new(kind, element.Index, nodeId));

    public void RecordPass(FlowNode element)
    {
        History.Add(new(HistoryKind.Entered, element.Index, 0));
        History.Add(new(HistoryKind.Completed, element.Index, 0));
    }
}
