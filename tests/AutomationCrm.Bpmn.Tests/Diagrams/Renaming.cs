using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Parsing;

namespace AutomationCrm.Bpmn.Tests.Diagrams;

internal static class Renaming
{
    /// <summary>The same diagram as another process.</summary>
    public static ProcessModel Renamed(this ProcessModel model, string id) =>
        ModelCompiler.Compile(BpmnFile.Read(BpmnWriter.Write(model.File).Replace("id=\"P\"", $"id=\"{id}\"", StringComparison.Ordinal)), id, model.Options).Model!;
}
