using AutomationCrm.Bpmn.Markup;

namespace AutomationCrm.Bpmn.Scenarios;

/// <summary>Reads a file, compares what is in it with the numbers given, writes it, reads it again: nothing may be lost.</summary>
internal static class ImportCheck
{
    public static string? Run(string path, ScenarioRun run)
    {
        BpmnFile file;
        using (var stream = File.OpenRead(path)) file = BpmnFile.Read(stream);
        foreach (var (name, expected) in run.Expect.BpmnElementCounts ?? run.BpmnElementCounts ?? [])
        {
            var found = file.CountElements().GetValueOrDefault(name);
            if (found != expected) return $"<{name}> occurs {found} times, expected {expected}";
        }

        if ((run.Expect.Shapes ?? run.Shapes) is { } shapes && shapes != file.CountShapes()) return $"{file.CountShapes()} shapes, expected {shapes}";
        if ((run.Expect.Edges ?? run.Edges) is { } edges && edges != file.CountEdges()) return $"{file.CountEdges()} edges, expected {edges}";
        return Difference(Lines(file), Lines(BpmnFile.Read(BpmnWriter.Write(file))));
    }

    private static List<string> Lines(BpmnFile file) =>
        [.. file.Root.SelfAndDescendants().Select(e => $"{{{e.NamespaceUri}}}{e.LocalName} {string.Join(' ', e.Attributes.Select(a => $"{{{a.NamespaceUri}}}{a.LocalName}='{a.Value}'"))} {e.Text()}")];

    private static string? Difference(List<string> before, List<string> after)
    {
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            var (one, other) = (before.ElementAtOrDefault(i), after.ElementAtOrDefault(i));
            if (one != other) return $"written differently: {one} became {other}";
        }

        return null;
    }
}
