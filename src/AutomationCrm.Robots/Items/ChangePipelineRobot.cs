using System.Globalization;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Items;

/// <summary>Moves the item into another pipeline. It ends the run (reference 1.6, CrmChangeDealCategoryActivity).</summary>
internal sealed class ChangePipelineRobot() : Robot<ChangePipelineRobot.Settings>("change_pipeline", RobotKind.State, RobotGroups.Items)
{
    public const string StageId = "StageId";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(StageId, FieldKind.Stage)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var item = context.Item;
        if (!int.TryParse(settings.Pipeline, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || context.Portal.Pipeline(item.Ref.TypeId, id) is not { } pipeline)
            throw new RuleBrokenException("pipeline.unknown", $"There is no pipeline {settings.Pipeline}.", "pipeline");
        if (pipeline.Id == item.PipelineId) return new Outcome.Skipped("pipeline.same", "The item is in that pipeline already.");

        var stage = settings.Stages.GetValueOrDefault(item.StageId) is { Length: > 0 } mapped ? mapped : settings.Stage.Length > 0 ? settings.Stage : pipeline.First.Id;
        var values = new Dictionary<string, Value> { [FieldCodes.Pipeline] = Value.Of((decimal)pipeline.Id), [FieldCodes.Stage] = Value.Of(stage) };
        await context.Send(new UpdateItem(item.Ref, values), ct);
        return RobotResult.Done((StageId, Value.Of(stage)));
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.Pipeline, Required = true, MaxLength = 20)]
        public string Pipeline { get; init; } = "";

        /// <summary>By stage of the old pipeline the stage of the new one.</summary>
        [Setting(FieldKind.StageMap)]
        public IReadOnlyDictionary<string, string> Stages { get; init; } = new Dictionary<string, string>();

        /// <summary>For stages that are not mapped; empty: the first.</summary>
        [Setting(FieldKind.AnyStage, MaxLength = 100)]
        public string Stage { get; init; } = "";
    }
}
