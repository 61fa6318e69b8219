using System.Text.Json.Serialization;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Data;

/// <summary>Puts a value aside for later robots of the run: <c>{=Variable:NAME}</c>.</summary>
internal sealed class SetVariableRobot() : Robot<SetVariableRobot.Settings>("set_variable", RobotKind.State, RobotGroups.Data)
{
    public const string Result = "Value";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(Result, FieldKind.Text)];

    protected override Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        VariableName.Require(settings.Variable);
        return Task.FromResult<Outcome>(new Outcome.Done(new Dictionary<string, Value> { [Result] = settings.Value })
        {
            Variables = new Dictionary<string, Value> { [settings.Variable] = settings.Value },
        });
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.Text, Required = true, MaxLength = VariableName.MaxLength)]
        public string Variable { get; init; } = "";

        /// <summary>A text, a placeholder or a formula; empty: the variable is emptied.</summary>
        [Setting(FieldKind.Text, MaxLength = 10_000)]
        [JsonConverter(typeof(TypedValueConverter))]
        public Value Value { get; init; } = Expressions.Values.Value.Null;
    }
}
