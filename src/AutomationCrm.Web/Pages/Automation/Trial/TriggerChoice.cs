using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Web.Pages.Automation.Trial;

/// <summary>The trigger that is tried, in the form "stage|key", and what its event tells.</summary>
/// <param name="Descriptor">Null when there is no such trigger.</param>
internal sealed record TriggerChoice(string StageId, string Key, TriggerDescriptor? Descriptor)
{
    private const char Between = '|';

    private bool IsChange => Descriptor is { Event: TriggerEvents.FieldChanged or TriggerEvents.ResponsibleChanged };

    /// <summary>The names of what its event tells, separated by commas; a change of fields names its fields itself.</summary>
    public string FactNames => Descriptor is null || IsChange ? "" : string.Join(", ", Descriptor.Facts.Select(f => f.Code));

    /// <summary>The triggers of a pipeline with their stages.</summary>
    public static IReadOnlyList<(string Value, string Label)> Offered(IReadOnlyList<Stage> stages, PortalSnapshot now) =>
        [.. stages.SelectMany(s => (now.AutomationOf(s.TypeId, s.Id)?.Triggers ?? []).Select(t => ($"{s.Id}{Between}{t.Key}", $"{s.Name}: {t.Config.Name}")))];

    /// <summary>Null when the item enters the stage instead.</summary>
    public static TriggerChoice? Read(string? chosen, int typeId, PortalSnapshot now, TriggerCatalogue catalogue)
    {
        if (string.IsNullOrEmpty(chosen)) return null;

        var split = chosen.Split(Between, 2);
        var plan = now.AutomationOf(typeId, split[0])?.Triggers.FirstOrDefault(t => t.Key == split[^1]);
        return new(split[0], split[^1], plan is null ? null : catalogue.Find(plan.Config.Type)?.Descriptor);
    }

    /// <param name="told">What its event tells, one "name = value" a line.</param>
    public TryTrigger Try(ItemRef item, string? told)
    {
        var (facts, none) = (Lines(told), new Dictionary<string, string>());
        return new(item, StageId, Key) { Facts = IsChange ? none : facts, Changes = IsChange ? facts : none };
    }

    private static Dictionary<string, string> Lines(string? told) => (told ?? "")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.Split('=', 2, StringSplitOptions.TrimEntries)).Where(l => l is [{ Length: > 0 }, _])
        .GroupBy(l => l[0], StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Last()[1]);
}
