using System.Globalization;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Conditions;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>What is wrong with a robot of a stage.</summary>
/// <param name="Robot">The robot's place in the list, from 0; <see cref="Stage"/> when it is about the stage itself.</param>
/// <param name="Setting">The setting, <c>condition</c>, <c>delay</c>, <c>onError</c>, <c>type</c> or <c>key</c>.</param>
public sealed record AutomationProblem(int Robot, string Setting, string Code, string Message)
{
    /// <summary>Whether <see cref="Robot"/> is a place in the list of triggers instead.</summary>
    public bool IsTrigger { get; init; }

    public const int Stage = -1;

    /// <summary>Where it lies as REST names it: <c>undoSeconds</c> or <c>robots[0].text</c>.</summary>
    public string Path => Robot == Stage ? Setting : string.Create(CultureInfo.InvariantCulture, $"{(IsTrigger ? "triggers" : "robots")}[{Robot}].{Setting}");
}

/// <summary>Checks a stage automation before it is saved: nothing is published that is known to fail (unknown references fail closed).</summary>
public sealed class StageAutomationCheck(RobotCatalogue robots, IEnumerable<IValueRoot> roots, TriggerCheck triggers)
{
    public const int MostRobots = 100;

    public IReadOnlyList<AutomationProblem> Check(StageAutomationConfig config, ItemType type, Stage stage, PortalSnapshot portal)
    {
        var problems = new List<AutomationProblem>();
        if (config.Robots.Count > MostRobots) problems.Add(new(AutomationProblem.Stage, "robots", "robots.many", $"A stage takes at most {MostRobots} robots."));
        if (config.UndoSeconds is < 0 or > 3600) problems.Add(new(AutomationProblem.Stage, "undoSeconds", "undo.range", "The undo window is between 0 and 3600 seconds."));

        var automation = StageAutomation.Compile(0, config);
        var plans = automation.Tracks.SelectMany(t => t).ToList();
        var scope = new Scope(new(type, config, portal), plans);
        var keys = new HashSet<string>();
        for (var i = 0; i < plans.Count; i++)
        {
            var plan = plans[i];
            if (!IsKey(plan.Key)) problems.Add(new(i, "key", "key.invalid", "A key has 1 to 64 Latin letters, digits, - and _."));
            else if (!keys.Add(plan.Key)) problems.Add(new(i, "key", "key.unique", "Every robot needs a key of its own."));
            foreach (var (code, message) in plan.Delay?.Problems ?? []) problems.Add(new(i, "delay", code, message));
            if (plan.Delay?.At is { } date) CheckTemplate(problems, i, "delay", date, plan, scope);
            if (plan.OnError.Problem is { } wrong) problems.Add(new(i, "onError", "onError.invalid", wrong));
            CheckSettings(problems, i, plan, stage, scope);
            foreach (var problem in plan.ConditionProblems) problems.Add(new(i, "condition", problem.Code, problem.Message));
            foreach (var (setting, reading) in plan.Conditions)
                foreach (var problem in reading.Problems) problems.Add(new(i, setting, problem.Code, problem.Message));
            foreach (var (setting, condition) in plan.AllConditions) CheckCondition(problems, i, setting, condition, plan, scope);
        }

        problems.AddRange(triggers.Check(config, type, portal));
        for (var i = 0; i < plans.Count; i++)
            if (plans[i].StartedBy is { } starter && !config.Triggers.Any(t => t.Key == starter && !t.Move))
                problems.Add(new(i, "startedBy", "trigger.unknown", $"This stage has no trigger {starter} that starts robots without a move."));
        return problems;
    }

    private void CheckSettings(List<AutomationProblem> problems, int i, RobotPlan plan, Stage stage, Scope scope)
    {
        if (robots.Find(plan.Type) is not { Descriptor: var descriptor })
        {
            problems.Add(new(i, "type", "robot.unknown", $"There is no robot type {plan.Type}."));
            return;
        }

        foreach (var field in descriptor.Settings)
        {
            var isMap = field.Kind is FieldKind.FieldValues or FieldKind.Texts or FieldKind.StageMap;
            var present = isMap ? plan.Maps.TryGetValue(field.Code, out var map) && map.Count > 0 : plan.Scalars.TryGetValue(field.Code, out var values) && values.Any(v => !IsBlank(v));
            present |= plan.Conditions.ContainsKey(field.Code);
            if (field.Required && !present) problems.Add(new(i, field.Code, "setting.required", $"{field.Code} must be filled in."));
            if (field.Kind == FieldKind.FieldValues && plan.Maps.TryGetValue(field.Code, out var fields)) CheckFields(problems, i, field.Code, fields.Keys, TargetTypes.Of(plan.Constants, scope.Place.Type, scope.Place.Portal));
            foreach (var (code, message) in ConstantCheck.Of(field, plan, stage, TargetTypes.Of(plan.Constants, scope.Place.Type, scope.Place.Portal), scope.Place.Portal)) problems.Add(new(i, field.Code, code, message));
        }

        foreach (var name in plan.Scalars.Keys.Concat(plan.Maps.Keys).Concat(plan.Conditions.Keys).Where(n => descriptor.Settings.All(f => f.Code != n)))
            problems.Add(new(i, name, "setting.unknown", $"{plan.Type} has no setting {name}."));
        foreach (var (setting, template) in plan.Templates) CheckTemplate(problems, i, setting, template, plan, scope);
    }

    private bool Leaves(RobotPlan earlier, string result) =>
        robots.Find(earlier.Type) is not { } robot || RobotResults.Find(robot, earlier.RawSettings, result) is not null;

    private static void CheckFields(List<AutomationProblem> problems, int i, string setting, IEnumerable<string> codes, ItemType type)
    {
        foreach (var code in codes)
        {
            if (type.Fields.Find(code) is not { } field) problems.Add(new(i, setting, "field.unknown", $"There is no field {code}."));
            else if (field.ReadOnly || field.Kind is FieldKind.Stage or FieldKind.Pipeline) problems.Add(new(i, setting, "field.readonly", $"The field {code} cannot be set by this robot."));
        }
    }

    private void CheckCondition(List<AutomationProblem> problems, int i, string setting, Condition condition, RobotPlan plan, Scope scope)
    {
        foreach (var path in condition.References.Where(path => !Knows(path, plan, scope)))
            problems.Add(new(i, setting, path.StartsWith(FieldPath.Document, StringComparison.Ordinal) ? "field.unknown" : "reference.unknown", $"{path} is not known here."));
        // What changed is known of the item itself alone, and only when the run begins.
        foreach (var row in condition.Rows.Where(r => r.Code == OperatorCodes.Changed && (setting != "condition" || FieldPath.OwnField(r.Path) is null)))
            problems.Add(new(i, setting, "condition.changed", $"Whether {row.Field} has changed cannot be asked here."));
    }

    private void CheckTemplate(List<AutomationProblem> problems, int i, string setting, Template template, RobotPlan plan, Scope scope)
    {
        foreach (var problem in template.Problems) problems.Add(new(i, setting, problem.Code, problem.Message));
        foreach (var path in template.References)
            if (!Knows(path, plan, scope)) problems.Add(new(i, setting, "reference.unknown", $"{{={path}}} is not known here."));
    }

    private bool Knows(string path, RobotPlan self, Scope scope)
    {
        if (path.StartsWith(FieldPath.Document, StringComparison.Ordinal))
            return FieldPath.Find(scope.Place.Type, path[FieldPath.Document.Length..], scope.Place.Portal.Type) is not null;

        var colon = path.IndexOf(':');
        if (colon <= 0) return false;

        var owner = path[..colon];
        if (roots.FirstOrDefault(r => r.Objects.Contains(owner, StringComparer.OrdinalIgnoreCase)) is { } root) return root.Knows(path, scope.Place);
        // Results of robots that stand before it.
        return owner is "Workflow" or "User" || (scope.Plans.TakeWhile(p => p != self).FirstOrDefault(p => p.Key == owner) is { } earlier && Leaves(earlier, path[(colon + 1)..]));
    }

    // Keys stand in placeholders ({=key:Result}), addresses and ids of the page.
    private static bool IsKey(string key) => key.Length is > 0 and <= 64 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsBlank(Template template) => template.IsConstant && string.IsNullOrWhiteSpace(template.Text);

    private sealed record Scope(ValuePlace Place, List<RobotPlan> Plans);
}
