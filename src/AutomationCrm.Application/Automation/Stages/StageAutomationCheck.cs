using System.Globalization;
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
/// <param name="Robot">The robot's place in the list, from 0.</param>
/// <param name="Setting">The setting, <c>condition</c>, <c>delay</c>, <c>type</c> or <c>key</c>.</param>
public sealed record AutomationProblem(int Robot, string Setting, string Code, string Message);

/// <summary>Checks a stage automation before it is saved: nothing is published that is known to fail (unknown references fail closed).</summary>
public sealed class StageAutomationCheck(RobotCatalogue robots)
{
    public const int MostRobots = 100;

    public IReadOnlyList<AutomationProblem> Check(StageAutomationConfig config, ItemType type, Stage stage, PortalSnapshot portal)
    {
        var problems = new List<AutomationProblem>();
        if (config.Robots.Count > MostRobots) problems.Add(new(MostRobots, "robots", "robots.many", $"A stage takes at most {MostRobots} robots."));
        if (config.UndoSeconds is < 0 or > 3600) problems.Add(new(0, "undoSeconds", "undo.range", "The undo window is between 0 and 3600 seconds."));

        var automation = StageAutomation.Compile(0, config);
        var plans = automation.Tracks.SelectMany(t => t).ToList();
        var keys = new HashSet<string>();
        for (var i = 0; i < plans.Count; i++)
        {
            var (plan, raw) = (plans[i], config.Robots[i]);
            if (plan.Key.Length is 0 or > 64 || !keys.Add(plan.Key)) problems.Add(new(i, "key", "key.unique", "Every robot needs a key of its own."));
            if (raw.Delay is not null && (plan.Delay is not { } delay || delay < TimeSpan.Zero || delay > TimeSpan.FromDays(3650)))
                problems.Add(new(i, "delay", "delay.invalid", $"\"{raw.Delay.After}\" is no duration such as PT10M, or too long."));
            CheckSettings(problems, i, plan, type, stage, portal, plans);
            CheckCondition(problems, i, plan, type, portal, plans);
        }

        return problems;
    }

    private void CheckSettings(List<AutomationProblem> problems, int i, RobotPlan plan, ItemType type, Stage stage, PortalSnapshot portal, List<RobotPlan> plans)
    {
        if (robots.Find(plan.Type) is not { Descriptor: var descriptor })
        {
            problems.Add(new(i, "type", "robot.unknown", $"There is no robot type {plan.Type}."));
            return;
        }

        foreach (var field in descriptor.Settings)
        {
            var isMap = field.Kind is FieldKind.FieldValues or FieldKind.Texts;
            var present = isMap ? plan.Maps.TryGetValue(field.Code, out var map) && map.Count > 0 : plan.Scalars.TryGetValue(field.Code, out var values) && values.Any(v => !IsBlank(v));
            if (field.Required && !present) problems.Add(new(i, field.Code, "setting.required", $"{field.Code} must be filled in."));
            if (field.Kind == FieldKind.FieldValues && plan.Maps.TryGetValue(field.Code, out var fields)) CheckFields(problems, i, field.Code, fields.Keys, TargetOf(plan, type, portal));
            if (field.Kind == FieldKind.Stage && plan.Scalars.TryGetValue(field.Code, out var stages)) CheckStage(problems, i, field.Code, stages, stage, portal);
        }

        foreach (var name in plan.Scalars.Keys.Concat(plan.Maps.Keys).Where(n => descriptor.Settings.All(f => f.Code != n)))
            problems.Add(new(i, name, "setting.unknown", $"{plan.Type} has no setting {name}."));
        foreach (var (setting, template) in plan.Templates) CheckTemplate(problems, i, setting, template, type, portal, plans);
    }

    // A robot that works on items of another type names the type in its setting "itemType".
    private static ItemType TargetOf(RobotPlan plan, ItemType type, PortalSnapshot portal) =>
        int.TryParse(plan.Constants.GetValueOrDefault("itemType"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? portal.Type(id) ?? type : type;

    private static void CheckFields(List<AutomationProblem> problems, int i, string setting, IEnumerable<string> codes, ItemType type)
    {
        foreach (var code in codes)
        {
            if (type.Fields.Find(code) is not { } field) problems.Add(new(i, setting, "field.unknown", $"There is no field {code}."));
            else if (field.ReadOnly || field.Kind is FieldKind.Stage or FieldKind.Pipeline) problems.Add(new(i, setting, "field.readonly", $"The field {code} cannot be set by this robot."));
        }
    }

    private static void CheckStage(List<AutomationProblem> problems, int i, string setting, IReadOnlyList<Template> stages, Stage stage, PortalSnapshot portal)
    {
        foreach (var target in stages.Where(s => s.IsConstant))
            if (portal.Pipeline(stage.TypeId, stage.PipelineId)?.Find(target.Text) is null)
                problems.Add(new(i, setting, "stage.unknown", $"There is no stage {target.Text} in this pipeline."));
    }

    private void CheckCondition(List<AutomationProblem> problems, int i, RobotPlan plan, ItemType type, PortalSnapshot portal, List<RobotPlan> plans)
    {
        foreach (var (row, right) in plan.Condition?.Rows ?? [])
        {
            if (!Knows(row.Field.Contains(':') ? row.Field : "Document:" + row.Field, type, portal, plans, plan)) problems.Add(new(i, "condition", "field.unknown", $"There is no field {row.Field}."));
            if (!OperatorCodes.All.Contains(row.Op) || row.Op == OperatorCodes.Changed) problems.Add(new(i, "condition", "operator.unknown", $"There is no operator {row.Op}."));
            else if (OperatorCodes.TakesValue(row.Op) && right is null) problems.Add(new(i, "condition", "value.missing", $"The operator {row.Op} needs a value."));
            if (right is not null) CheckTemplate(problems, i, "condition", right, type, portal, plans);
        }
    }

    private void CheckTemplate(List<AutomationProblem> problems, int i, string setting, Template template, ItemType type, PortalSnapshot portal, List<RobotPlan> plans)
    {
        foreach (var problem in template.Problems) problems.Add(new(i, setting, problem.Code, problem.Message));
        foreach (var path in template.References)
            if (!Knows(path, type, portal, plans, plans[i])) problems.Add(new(i, setting, "reference.unknown", $"{{={path}}} is not known here."));
    }

    private bool Knows(string path, ItemType type, PortalSnapshot portal, List<RobotPlan> plans, RobotPlan self)
    {
        var colon = path.IndexOf(':');
        if (colon <= 0) return false;

        var (root, name) = (path[..colon], path[(colon + 1)..]);
        if (root == "Document") return type.Fields.FindByAnyName(name) is not null;
        if (root == RunRoots.Variable) return plans.Exists(p => name.Equals(p.Constants.GetValueOrDefault("variable"), StringComparison.OrdinalIgnoreCase));
        if (root is RunRoots.GlobalVariable or RunRoots.GlobalConstant) return portal.GlobalValues.TryGetValue(name, out var value) && value.IsConstant == (root == RunRoots.GlobalConstant);
        // Results of robots that stand before it.
        return plans.TakeWhile(p => p != self).FirstOrDefault(p => p.Key == root) is { } earlier
            && (robots.Find(earlier.Type) is not { } robot || RobotResults.Find(robot, earlier.RawSettings, name) is not null);
    }

    private static bool IsBlank(Template template) => template.IsConstant && string.IsNullOrWhiteSpace(template.Text);
}
