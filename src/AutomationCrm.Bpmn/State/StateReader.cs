using System.Text.Json;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.State;

/// <summary>Reads the stored form. Counts and links that follow from the rows are computed again instead of being stored.</summary>
internal sealed class StateReader(ProcessModel model)
{
    private readonly List<Node> nodes = [];
    private readonly List<Subscription> subscriptions = [];
    private readonly NodeDataReader data = new(model);

    public ProcessState Read(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new JsonException("A state is a JSON object.");
        var (format, process, status, version, lastId, depth) = (0, "", InstanceStatus.New, 0L, 0, 0);
        string? error = null;
        var result = VariableSet.Empty;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = (char)json.ValueSpan[0];
            json.Read();
            switch (name)
            {
                case 'v': format = json.GetInt32(); break;
                case 'p': process = json.GetString()!; break;
                case 's': status = (InstanceStatus)json.GetInt32(); break;
                case 'n': version = json.GetInt64(); break;
                case 'l': lastId = json.GetInt32(); break;
                case 'd': depth = json.GetInt32(); break;
                case 'x': error = json.GetString(); break;
                case 'r': result = DatumJson.ReadSet(ref json); break;
                case 't': ReadNodes(ref json); break;
                case 'w': ReadSubscriptions(ref json); break;
                default: json.Skip(); break;
            }
        }

        if (format != StateNames.FormatVersion) throw new JsonException($"The state has format {format}; this version reads format {StateNames.FormatVersion}.");
        if (process != model.Id) throw new JsonException($"The state belongs to the process '{process}', not to '{model.Id}'.");
        Relink();
        return new()
        {
            ProcessId = process,
            Status = status,
            Version = version,
            LastId = lastId,
            Depth = depth,
            ErrorCode = error,
            Result = result,
            Nodes = [.. nodes],
            NodeCount = nodes.Count,
            Subscriptions = [.. subscriptions],
            SubscriptionCount = subscriptions.Count,
        };
    }

    private void ReadNodes(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            var (id, parent, kind, loopIndex, isInterrupted) = (0, 0, NodeKind.Process, 0, false);
            FlowNode? element = null;
            var locals = VariableSet.Empty;
            Incident? incident = null;
            Undoable? log = null;
            NodeData? content = null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = (char)json.ValueSpan[0];
                json.Read();
                switch (name)
                {
                    case 'i': id = json.GetInt32(); break;
                    case 'u': parent = json.GetInt32(); break;
                    case 'k': kind = (NodeKind)json.GetInt32(); break;
                    case 'e': element = data.Element(ref json); break;
                    case 'c': loopIndex = json.GetInt32(); break;
                    case 'q': isInterrupted = json.GetBoolean(); break;
                    case 'a': locals = DatumJson.ReadSet(ref json); break;
                    case 'x': incident = ReadIncident(ref json); break;
                    case 'g': log = data.ReadLog(ref json); break;
                    case 'z': content = data.Read(ref json, kind, element); break;
                    default: json.Skip(); break;
                }
            }

            if (nodes.Count > 0 && id <= nodes[^1].Id) throw new JsonException("The rows of a state have to be in order of their numbers.");
            if (kind is NodeKind.Process or NodeKind.Scope) content ??= new ScopeData();
            nodes.Add(new()
            {
                Id = id,
                Parent = parent,
                Element = element?.Index ?? -1,
                Kind = kind,
                Epoch = 0,
                LoopIndex = loopIndex,
                IsInterrupted = isInterrupted,
                Locals = locals,
                Incident = incident,
                Log = log,
                Data = content,
            });
        }
    }

    private static Incident ReadIncident(ref Utf8JsonReader json)
    {
        json.Read();
        var code = json.GetString()!;
        json.Read();
        var message = json.GetString()!;
        json.Read();
        var stage = (IncidentStage)json.GetInt32();
        json.Read();
        return new(code, message, stage);
    }

    private void ReadSubscriptions(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            var made = new Subscription { Id = 0, Owner = 0, Element = -1, Kind = SubscriptionKind.Message };
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = (char)json.ValueSpan[0];
                json.Read();
                switch (name)
                {
                    case 'i': made = made with { Id = json.GetInt32() }; break;
                    case 'o': made = made with { Owner = json.GetInt32() }; break;
                    case 'e': made = made with { Element = data.Element(ref json).Index }; break;
                    case 'k': made = made with { Kind = (SubscriptionKind)json.GetInt32() }; break;
                    case 'f': made = made with { Definition = json.GetInt32() }; break;
                    case 'm': made = made with { Name = json.GetString() }; break;
                    case 'y': made = made with { Key = json.GetString() }; break;
                    case 't': made = made with { Due = new(json.GetInt64(), TimeSpan.Zero) }; break;
                    case 'c': made = made with { Cycle = json.GetString() }; break;
                    case 'r': made = made with { Remaining = json.GetInt32() }; break;
                    case 'b': made = made with { WasTrue = json.GetBoolean() }; break;
                    default: json.Skip(); break;
                }
            }

            subscriptions.Add(made);
        }
    }

    private void Relink()
    {
        var byId = nodes.ToDictionary(n => n.Id);
        foreach (var node in nodes)
        {
            if (node.Parent == 0) continue;
            var parent = byId.GetValueOrDefault(node.Parent) ?? throw new JsonException($"Row {node.Id} has no parent {node.Parent}.");
            parent.Children++;
            if (node.Kind == NodeKind.Join && parent.Data is ScopeData scope) scope.Joins.Add(node.Id);
        }

        for (var i = subscriptions.Count - 1; i >= 0; i--)
        {
            var owner = byId.GetValueOrDefault(subscriptions[i].Owner) ?? throw new JsonException($"Subscription {subscriptions[i].Id} belongs to nobody.");
            owner.FirstSubscription = subscriptions[i].Id;
        }
    }
}
