using System.Text.Json;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.State;

internal readonly struct StateWriter(ProcessModel model, Utf8JsonWriter json)
{
    public void Write(ProcessState state)
    {
        json.WriteStartObject();
        json.WriteNumber(StateNames.Format, StateNames.FormatVersion);
        json.WriteString(StateNames.Process, state.ProcessId);
        json.WriteNumber(StateNames.Status, (int)state.Status);
        json.WriteNumber(StateNames.Version, state.Version);
        json.WriteNumber(StateNames.LastId, state.LastId);
        if (state.Depth > 0) json.WriteNumber(StateNames.Depth, state.Depth);
        if (state.ErrorCode is not null) json.WriteString(StateNames.Error, state.ErrorCode);
        if (state.Result.Count > 0) Write(StateNames.Result, state.Result);
        if (state.NodeCount > 0)
        {
            json.WriteStartArray(StateNames.Nodes);
            foreach (var node in state.NodeRows) Write(node);
            json.WriteEndArray();
        }

        if (state.SubscriptionCount > 0)
        {
            json.WriteStartArray(StateNames.Subscriptions);
            foreach (var subscription in state.SubscriptionRows) Write(subscription);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void Write(JsonEncodedText name, VariableSet values)
    {
        json.WritePropertyName(name);
        DatumJson.Write(json, values);
    }

    private void Write(Node node)
    {
        json.WriteStartObject();
        json.WriteNumber(StateNames.Id, node.Id);
        json.WriteNumber(StateNames.Kind, (int)node.Kind);
        if (node.Parent > 0) json.WriteNumber(StateNames.Parent, node.Parent);
        if (node.Element >= 0) json.WriteString(StateNames.Element, model.NodeArray[node.Element].EncodedId);
        if (node.LoopIndex > 0) json.WriteNumber(StateNames.LoopIndex, node.LoopIndex);
        if (node.IsInterrupted) json.WriteBoolean(StateNames.Interrupted, true);
        if (node.Locals.Count > 0) Write(StateNames.Locals, node.Locals);
        if (node.Incident is { } incident)
        {
            json.WriteStartArray(StateNames.Incident);
            json.WriteStringValue(incident.Code);
            json.WriteStringValue(incident.Message);
            json.WriteNumberValue((int)incident.Stage);
            json.WriteEndArray();
        }

        if (node.Log is not null)
        {
            json.WritePropertyName(StateNames.Log);
            WriteLog(node.Log);
        }

        if (node.Data is not null) WriteData(node);
        json.WriteEndObject();
    }

    // Entries inside entries follow the nesting of sub-processes, which the XML reader bounds.
    private void WriteLog(Undoable? log)
    {
        json.WriteStartArray();
        for (var entry = log; entry is not null; entry = entry.Next)
        {
            json.WriteStartObject();
            json.WriteString(StateNames.Element, model.NodeArray[entry.Element].EncodedId);
            if (entry.LoopIndex > 0) json.WriteNumber(StateNames.LoopIndex, entry.LoopIndex);
            if (entry.Locals.Count > 0) Write(StateNames.Locals, entry.Locals);
            if (entry.Inner is not null)
            {
                json.WritePropertyName(StateNames.Log);
                WriteLog(entry.Inner);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteData(Node node)
    {
        switch (node.Data)
        {
            case JoinData join:
                json.WriteStartArray(StateNames.Data);
                WriteJoin(join, model.NodeArray[node.Element]);
                json.WriteEndArray();
                break;
            case LoopData loop:
                json.WriteStartArray(StateNames.Data);
                WriteLoop(loop);
                json.WriteEndArray();
                break;
            case UndoData undo:
                json.WriteStartArray(StateNames.Data);
                json.WriteNumberValue(undo.Position);
                WriteLog(undo.Queue);
                json.WriteEndArray();
                break;
            case ScopeData { Done: { } done }:
                json.WriteStartArray(StateNames.Data);
                foreach (var element in done.Order()) json.WriteStringValue(model.NodeArray[element].EncodedId);
                json.WriteEndArray();
                break;
        }
    }

    private void WriteJoin(JoinData join, FlowNode gateway)
    {
        json.WriteBooleanValue(join.HasFired);
        if (gateway is Activity)
        {
            json.WriteNumberValue(join.Arrived[0]);
            return;
        }

        for (var i = 0; i < join.Arrived.Length; i++)
        {
            if (join.Arrived[i] == 0 && !join.Used[i]) continue;
            json.WriteStringValue(gateway.IncomingFlows[i].Id);
            json.WriteNumberValue(join.Used[i] ? -1 - join.Arrived[i] : join.Arrived[i]);
        }
    }

    private void WriteLoop(LoopData loop)
    {
        json.WriteNumberValue(loop.Total);
        json.WriteNumberValue(loop.Started);
        json.WriteNumberValue(loop.Completed);
        json.WriteNumberValue(loop.Terminated);
        if (loop.Items is null) json.WriteNullValue();
        else DatumJson.Write(json, loop.Items);
        if (loop.Outputs is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartArray();
        foreach (var output in loop.Outputs)
        {
            json.WriteStartArray();
            if (output is not null) DatumJson.Write(json, output);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private void Write(Subscription subscription)
    {
        json.WriteStartObject();
        json.WriteNumber(StateNames.Id, subscription.Id);
        json.WriteNumber(StateNames.Owner, subscription.Owner);
        json.WriteString(StateNames.Element, model.NodeArray[subscription.Element].EncodedId);
        json.WriteNumber(StateNames.Kind, (int)subscription.Kind);
        if (subscription.Definition > 0) json.WriteNumber(StateNames.Definition, subscription.Definition);
        if (subscription.Name is not null) json.WriteString(StateNames.Name, subscription.Name);
        if (subscription.Key is not null) json.WriteString(StateNames.Key, subscription.Key);
        if (subscription.Due != default) json.WriteNumber(StateNames.Due, subscription.Due.UtcTicks);
        if (subscription.Cycle is not null) json.WriteString(StateNames.Cycle, subscription.Cycle);
        if (subscription.Remaining != 0) json.WriteNumber(StateNames.Remaining, subscription.Remaining);
        if (subscription.WasTrue) json.WriteBoolean(StateNames.WasTrue, true);
        json.WriteEndObject();
    }
}
