using AutomationCrm.Application.Automation.Linked;
using AutomationCrm.Application.Ports;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Other;

/// <summary>Starts a business process about the item (reference 1.6, StartWorkflowActivity). Offered where processes run.</summary>
internal sealed class StartProcessRobot() : Robot<StartProcessRobot.Settings>("start_process", RobotKind.State, RobotGroups.Other)
{
    public const string InstanceId = "InstanceId";

    public override Type Needs => typeof(IProcessStarter);

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(InstanceId, FieldKind.Text)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var id = await context.Send(new StartProcess(settings.Process, context.Item.Ref, settings.Parameters), ct);
        return RobotResult.Done((InstanceId, Value.Of(id.ToString("D"))));
    }

    internal sealed record Settings
    {
        /// <summary>Its key.</summary>
        [Setting(FieldKind.Text, Required = true, MaxLength = 100)]
        public string Process { get; init; } = "";

        [Setting(FieldKind.Texts)]
        public IReadOnlyDictionary<string, Value> Parameters { get; init; } = new Dictionary<string, Value>();
    }
}
