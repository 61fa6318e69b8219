using System.Text.Json;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Parsing;

namespace AutomationCrm.Bpmn.Scenarios;

/// <summary>All processes of the files of one case that can run, and why the others cannot.</summary>
internal sealed class ScenarioModels
{
    private static readonly CompileOptions Options = new() { ScriptsAreWork = true, PassingTasksAreWork = true, CallsShareVariables = true };

    private readonly Dictionary<string, string> refused = new(StringComparer.Ordinal);

    public ScenarioModels(List<BpmnFile> files, ScenarioRun run)
    {
        var started = run.Steps.Select(s => s.TryGetProperty("start", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null).ToHashSet(StringComparer.Ordinal);
        var called = files.SelectMany(f => f.Root.SelfAndDescendants()).Where(e => e.LocalName is "callActivity" or "calledElement").Select(e => BpmnFile.LocalPart(e["calledElement"] ?? e["processId"]));
        started.UnionWith(called);
        foreach (var file in files)
        {
            var ids = file.ExecutableProcessIds.Concat(file.Processes.Select(p => p.Id).OfType<string>().Where(started.Contains)).Distinct(StringComparer.Ordinal);
            foreach (var id in ids)
            {
                var result = ModelCompiler.Compile(file, id, Options);
                if (All.Exists(m => m.Id == id)) continue;
                if (result.Model is { } model) All.Add(model);
                else refused[id] = $"'{id}' is refused: {string.Join("; ", result.Errors)}";
            }
        }
    }

    public List<ProcessModel> All { get; } = [];

    public string? WhyRefused(string processId) =>
        All.Exists(m => m.Id == processId) ? null : refused.GetValueOrDefault(processId) ?? $"there is no process '{processId}'";
}
