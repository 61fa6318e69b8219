using AutomationCrm.Application.Automation.Linked;
using AutomationCrm.Application.Crm.Items.Linked;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Ports;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Other;

/// <summary>Runs an automation script on items that belong to this one. Offered where scripts are.</summary>
internal sealed class RunScriptRobot() : Robot<RunScriptRobot.Settings>("run_script", RobotKind.State, RobotGroups.Other)
{
    public const string Count = "Count";

    public override Type Needs => typeof(IScriptStarter);

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(Count, FieldKind.Integer)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var type = TargetType.Find(settings.ItemType, context);
        if (LinkedItems.Filter(context.Item, type, LinkSetting.Read(settings.Link)) is not { } linked) return new Outcome.Skipped("items.no_client", "The item has no client by which others could belong to it.");

        var started = await context.Send(new RunScriptOnItems(settings.Script, type.Id, FilterNode.All(linked, NamedFilter.Read(type, settings.Filter)), settings.Parameters), ct);
        return started > 0 ? RobotResult.Done((Count, Value.Of((decimal)started))) : new Outcome.Skipped("items.none", "The filter finds no item.");
    }

    internal sealed record Settings
    {
        /// <summary>Its number.</summary>
        [Setting(FieldKind.Script, Required = true, MaxLength = 100)]
        public string Script { get; init; } = "";

        [Setting(FieldKind.ItemType, Required = true, MaxLength = 10)]
        public string ItemType { get; init; } = "";

        [Setting(FieldKind.Option, Options = [LinkSetting.Linked, LinkSetting.Company, LinkSetting.Contact, LinkSetting.Any])]
        public string Link { get; init; } = LinkSetting.Linked;

        [Setting(FieldKind.Texts)]
        public IReadOnlyDictionary<string, Value> Filter { get; init; } = new Dictionary<string, Value>();

        [Setting(FieldKind.Texts)]
        public IReadOnlyDictionary<string, Value> Parameters { get; init; } = new Dictionary<string, Value>();
    }
}
