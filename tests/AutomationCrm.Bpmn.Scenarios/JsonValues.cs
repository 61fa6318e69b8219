using System.Text.Json;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Scenarios;

internal static class JsonValues
{
    public static VariableSet Set(JsonElement values) =>
        VariableSet.From(values.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, DatumJson.Parse(p.Value.GetRawText()))));
}
