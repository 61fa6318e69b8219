using System.Globalization;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>What is wrong with a setting that names stages, pipelines, item types, fields or global values without placeholders.</summary>
internal static class ConstantCheck
{
    private static readonly char[] Between = [',', '\n', ' '];

    /// <param name="target">Whose fields and stages it means.</param>
    public static IEnumerable<(string Code, string Message)> Of(Field field, RobotPlan plan, Stage stage, ItemType target, PortalSnapshot portal) => field.Kind switch
    {
        FieldKind.Stage => Texts(plan, field).Where(id => portal.Pipeline(stage.TypeId, stage.PipelineId)?.Find(id) is null).Select(id => ("stage.unknown", $"There is no stage {id} in this pipeline.")),
        FieldKind.AnyStage => Texts(plan, field).SelectMany(id => Stage(id, plan, target, portal)),
        FieldKind.StageMap => Map(field, plan, stage, target, portal),
        FieldKind.Pipeline => Texts(plan, field).Where(id => Pipeline(id, target, portal) is null).Select(id => ("pipeline.unknown", $"There is no pipeline {id} of these items.")),
        FieldKind.ItemType => Texts(plan, field).Where(id => portal.Type(Number(id)) is null).Select(id => ("type.unknown", $"There is no item type {id}.")),
        FieldKind.FieldCodes => Texts(plan, field).SelectMany(t => t.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(code => target.Fields.FindByAnyName(code) is null).Select(code => ("field.unknown", $"There is no field {code}.")),
        FieldKind.GlobalValue => Texts(plan, field).SelectMany(code => Global(code, portal)),
        _ => [],
    };

    // A robot that names a pipeline means that pipeline's stages.
    private static IEnumerable<(string, string)> Stage(string id, RobotPlan plan, ItemType target, PortalSnapshot portal)
    {
        if (plan.Constants.TryGetValue("pipeline", out var named) && Pipeline(named, target, portal) is { } pipeline)
        {
            if (pipeline.Find(id) is null) yield return ("stage.unknown", $"There is no stage {id} in the pipeline {pipeline.Name}.");
        }
        else if (portal.Stage(target.Id, id) is null)
        {
            yield return ("stage.unknown", $"There is no stage {id} of these items.");
        }
    }

    private static IEnumerable<(string, string)> Map(Field field, RobotPlan plan, Stage stage, ItemType target, PortalSnapshot portal)
    {
        foreach (var (from, to) in plan.Maps.GetValueOrDefault(field.Code) ?? new Dictionary<string, Expressions.Template>())
        {
            if (portal.Stage(stage.TypeId, from) is null) yield return ("stage.unknown", $"There is no stage {from} of these items.");
            foreach (var problem in to.IsConstant && to.Text.Length > 0 ? Stage(to.Text, plan, target, portal) : []) yield return problem;
        }
    }

    private static IEnumerable<(string, string)> Global(string code, PortalSnapshot portal)
    {
        if (!portal.GlobalValues.TryGetValue(code, out var value)) yield return ("global.unknown", $"There is no global variable \"{code}\".");
        else if (value.IsConstant) yield return ("global.constant", $"\"{value.Name}\" is a constant; only administrators change it.");
    }

    private static Pipeline? Pipeline(string id, ItemType target, PortalSnapshot portal) => portal.Pipeline(target.Id, Number(id));

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;

    private static IEnumerable<string> Texts(RobotPlan plan, Field field) =>
        plan.Scalars.TryGetValue(field.Code, out var values) ? values.Where(v => v.IsConstant && !string.IsNullOrWhiteSpace(v.Text)).Select(v => v.Text.Trim()) : [];
}
