using AutomationCrm.Bpmn.Markup;

namespace AutomationCrm.Bpmn.Scenarios;

/// <summary>Runs every case of a manifest; a run answers with its id and, if it failed, the reason.</summary>
public static class ManifestRunner
{
    public static IEnumerable<(string Id, string? Problem)> Run(string manifestPath, string? onlyCase = null)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(manifestPath))!;
        foreach (var scenario in Manifest.Read(manifestPath).Cases)
        {
            if (onlyCase is not null && scenario.Id != onlyCase) continue;
            foreach (var run in scenario.Runs)
                yield return (run.Id.Length == 0 ? scenario.Id : $"{scenario.Id}/{run.Id}", Problem(folder, scenario, run));
        }
    }

    private static string? Problem(string folder, ScenarioCase scenario, ScenarioRun run)
    {
        try
        {
            if (run.Import) return ImportCheck.Run(Path.Combine(folder, scenario.Source.File), run);
            new ScenarioPlayer(Read(folder, scenario.Source), run).Play();
            return null;
        }
        catch (ScenarioFailedException failed)
        {
            return failed.Message;
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            return $"{broken.GetType().Name}: {broken.Message}";
        }
    }

    private static List<BpmnFile> Read(string folder, ScenarioSource source)
    {
        var files = new List<BpmnFile>();
        foreach (var one in source.Also.Prepend(source))
        {
            using var stream = File.OpenRead(Path.Combine(folder, one.File));
            files.Add(BpmnFile.Read(stream));
        }

        return files;
    }
}
