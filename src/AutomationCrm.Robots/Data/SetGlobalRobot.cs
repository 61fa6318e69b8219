using System.Text.Json.Serialization;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Data;

/// <summary>Sets a global variable or adds to it; two that add at the same moment both count (reference 1.6, SetGlobalVariableActivity).</summary>
internal sealed class SetGlobalRobot() : Robot<SetGlobalRobot.Settings>("set_global", RobotKind.State, RobotGroups.Data)
{
    public const string Result = "Value";
    public const string Previous = "Previous";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(Result, FieldKind.Text), RobotResult.Of(Previous, FieldKind.Text)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var set = await context.Send(
            new SetGlobalValue(settings.Global, settings.Value, settings.Action == "add" ? GlobalChange.Add : GlobalChange.Set) { VariablesOnly = true },
            ct);
        return RobotResult.Done((Result, GlobalValue.Read(set.Value)), (Previous, GlobalValue.Read(set.Previous)));
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.GlobalValue, Required = true, MaxLength = GlobalValue.CodeMaxLength)]
        public string Global { get; init; } = "";

        [Setting(FieldKind.Option, Options = ["set", "add"])]
        public string Action { get; init; } = "set";

        [Setting(FieldKind.Text, MaxLength = 10_000)]
        [JsonConverter(typeof(TypedValueConverter))]
        public Value Value { get; init; } = Expressions.Values.Value.Null;
    }
}
