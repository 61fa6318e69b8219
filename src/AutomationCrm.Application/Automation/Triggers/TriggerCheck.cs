using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>Checks the triggers of a stage before they are saved.</summary>
public sealed class TriggerCheck(TriggerCatalogue catalogue)
{
    public const int MostTriggers = 50;

    internal IEnumerable<AutomationProblem> Check(StageAutomationConfig config, ItemType type, PortalSnapshot portal)
    {
        if (config.Triggers.Count > MostTriggers) yield return Problem(MostTriggers, "triggers", "triggers.many", $"A stage takes at most {MostTriggers} triggers.");

        var keys = config.Robots.Select(r => r.Key).ToHashSet();
        for (var i = 0; i < config.Triggers.Count; i++)
        {
            var trigger = config.Triggers[i];
            if (trigger.Key.Length is 0 or > 64 || !keys.Add(trigger.Key)) yield return Problem(i, "key", "key.unique", "Every trigger needs a key of its own.");
            if (trigger.Name.Length is 0 or > 200) yield return Problem(i, "name", "name.length", "A trigger needs a name of at most 200 characters.");
            if (!IsRunAs(trigger.RunAs, portal)) yield return Problem(i, "runAs", "person.unknown", $"\"{trigger.RunAs}\" is neither system, responsible nor a person.");
            if (catalogue.Find(trigger.Type) is not { } found)
            {
                yield return Problem(i, "type", "trigger.unknown", $"There is no trigger type {trigger.Type}.");
                continue;
            }

            var plan = TriggerPlan.Parse(trigger);
            foreach (var problem in Settings(i, plan, found, type, portal)) yield return problem;
            foreach (var problem in plan.Problems) yield return Problem(i, "condition", problem.Code, problem.Message);
            foreach (var path in plan.Condition?.References.Where(p => !Knows(p, found.Descriptor, type, portal)) ?? [])
                yield return Problem(i, "condition", "reference.unknown", $"{path} is not known here.");
        }
    }

    private static IEnumerable<AutomationProblem> Settings(int i, TriggerPlan plan, ITrigger trigger, ItemType type, PortalSnapshot portal)
    {
        var fields = trigger.Descriptor.Settings;
        foreach (var name in plan.Settings.Scalars.Keys.Where(n => fields.All(f => f.Code != n)))
            yield return Problem(i, name, "setting.unknown", $"{plan.Config.Type} has no setting {name}.");
        foreach (var (code, names) in fields.Where(f => f.Kind == FieldKind.FieldCodes).Select(f => (f.Code, Texts(plan, f.Code))))
            foreach (var name in names.Where(n => type.Fields.Find(n) is null)) yield return Problem(i, code, "field.unknown", $"There is no field {name}.");
        foreach (var (code, names) in fields.Where(f => f.Kind == FieldKind.LinkedKind).Select(f => (f.Code, Texts(plan, f.Code))))
            foreach (var name in names.Where(n => n != LinkedItems.Tasks && portal.Types.All(t => t.Code != n))) yield return Problem(i, code, "type.unknown", $"There is no item type {name}.");
        if (Broken(plan, trigger) is { } broken) yield return Problem(i, broken.Field ?? "settings", broken.Code, broken.Message);
    }

    private static RuleBrokenException? Broken(TriggerPlan plan, ITrigger trigger)
    {
        try
        {
            var settings = plan.BoundBy(trigger);
            (trigger as ITimedTrigger)?.AgainAfter(settings);
            return null;
        }
        catch (RuleBrokenException broken)
        {
            return broken;
        }
    }

    private static IEnumerable<string> Texts(TriggerPlan plan, string code) => plan.Settings.Scalars.GetValueOrDefault(code) switch
    {
        Expressions.Values.ListValue list => list.Items.OfType<Expressions.Values.TextValue>().Select(t => t.Text),
        Expressions.Values.TextValue { Text.Length: > 0 } text => [text.Text],
        _ => [],
    };

    private static bool Knows(string path, TriggerDescriptor trigger, ItemType type, PortalSnapshot portal)
    {
        if (path.StartsWith(FieldPath.Document, StringComparison.Ordinal)) return FieldPath.Find(type, path[FieldPath.Document.Length..], portal.Type) is not null;
        if (!path.StartsWith(TriggerFacts.Prefix, StringComparison.OrdinalIgnoreCase)) return path.StartsWith("Global", StringComparison.Ordinal);

        var fact = path[TriggerFacts.Prefix.Length..];
        return trigger.HasOtherFacts || trigger.Facts.Any(f => f.Code.Equals(fact, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsRunAs(string runAs, PortalSnapshot portal) =>
        runAs is TriggerConfig.System or TriggerConfig.Responsible
        || (runAs.StartsWith(TriggerConfig.PersonPrefix, StringComparison.Ordinal)
            && long.TryParse(runAs.AsSpan(TriggerConfig.PersonPrefix.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id)
            && portal.People.ContainsKey(id));

    private static AutomationProblem Problem(int i, string setting, string code, string message) => new(i, setting, code, message) { IsTrigger = true };
}
