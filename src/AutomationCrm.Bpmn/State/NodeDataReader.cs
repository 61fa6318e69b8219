using System.Text.Json;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.State;

/// <summary>Reads what only some kinds of rows have.</summary>
internal sealed class NodeDataReader(ProcessModel model)
{
    public FlowNode Element(ref Utf8JsonReader json)
    {
        var id = json.GetString()!;
        return model.Find(id) ?? throw new JsonException($"The process '{model.Id}' has no element '{id}'.");
    }

    public Undoable? ReadLog(ref Utf8JsonReader json)
    {
        var entries = new Stack<Undoable>();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            var (element, loopIndex) = (-1, 0);
            var locals = VariableSet.Empty;
            Undoable? inner = null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = (char)json.ValueSpan[0];
                json.Read();
                switch (name)
                {
                    case 'e': element = Element(ref json).Index; break;
                    case 'c': loopIndex = json.GetInt32(); break;
                    case 'a': locals = DatumJson.ReadSet(ref json); break;
                    case 'g': inner = ReadLog(ref json); break;
                    default: json.Skip(); break;
                }
            }

            entries.Push(new(element, loopIndex, locals, inner, null));
        }

        Undoable? log = null;
        while (entries.TryPop(out var entry)) log = entry with { Next = log };
        return log;
    }

    public NodeData Read(ref Utf8JsonReader json, NodeKind kind, FlowNode? element)
    {
        switch (kind)
        {
            case NodeKind.Join:
                return ReadJoin(ref json, element!);
            case NodeKind.Body:
                return ReadLoop(ref json);
            case NodeKind.Undoing:
                json.Read();
                var position = json.GetInt32();
                json.Read();
                var queue = ReadLog(ref json);
                json.Read();
                return new UndoData(queue) { Position = position };
            default:
                var done = new HashSet<int>();
                while (json.Read() && json.TokenType != JsonTokenType.EndArray) done.Add(Element(ref json).Index);
                return new ScopeData { Done = done };
        }
    }

    private static JoinData ReadJoin(ref Utf8JsonReader json, FlowNode gateway)
    {
        json.Read();
        var data = new JoinData(new int[gateway is Activity ? 1 : gateway.IncomingFlows.Length]) { HasFired = json.GetBoolean() };
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.Number)
            {
                data.Arrived[0] = json.GetInt32();
                continue;
            }

            var id = json.GetString()!;
            json.Read();
            var count = json.GetInt32();
            var slot = Array.FindIndex(gateway.IncomingFlows, f => f.Id == id);
            if (slot < 0) throw new JsonException($"The flow '{id}' does not lead into '{gateway.Id}'.");
            data.Arrived[slot] = count < 0 ? -1 - count : count;
            data.Used[slot] = count < 0;
        }

        return data;
    }

    private static LoopData ReadLoop(ref Utf8JsonReader json)
    {
        Span<int> numbers = stackalloc int[4];
        for (var i = 0; i < 4; i++)
        {
            json.Read();
            numbers[i] = json.GetInt32();
        }

        json.Read();
        var items = DatumJson.Read(ref json) as ListDatum;
        json.Read();
        List<Datum?>? outputs = null;
        if (json.TokenType == JsonTokenType.StartArray)
        {
            outputs = [];
            while (json.Read() && json.TokenType == JsonTokenType.StartArray)
            {
                Datum? value = null;
                while (json.Read() && json.TokenType != JsonTokenType.EndArray) value = DatumJson.Read(ref json);
                outputs.Add(value);
            }
        }

        json.Read();
        return new() { Total = numbers[0], Started = numbers[1], Completed = numbers[2], Terminated = numbers[3], Items = items, Outputs = outputs?.ToArray() };
    }
}
