using System.Text.Json.Serialization;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Data;

/// <summary>Calculates a formula for later robots, as a result and on request as a variable (reference 1.6, MathOperationActivity).</summary>
internal sealed class CalculateRobot() : Robot<CalculateRobot.Settings>("calculate", RobotKind.State, RobotGroups.Data)
{
    public const string Result = "Result";

    // JSON says whether it is a number, a text, yes or no, or a list.
    protected override IReadOnlyList<Field> Results => [RobotResult.Of(Result, FieldKind.Text)];

    protected override Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var variables = new Dictionary<string, Value>();
        if (settings.Variable.Length > 0)
        {
            VariableName.Require(settings.Variable);
            variables[settings.Variable] = settings.Formula;
        }

        return Task.FromResult<Outcome>(new Outcome.Done(new Dictionary<string, Value> { [Result] = settings.Formula }) { Variables = variables });
    }

    internal sealed record Settings
    {
        /// <summary>Begins with an equals sign: <c>= {=Document:OPPORTUNITY} * 10%</c>.</summary>
        [Setting(FieldKind.Text, Required = true, MaxLength = 8_192)]
        [JsonConverter(typeof(TypedValueConverter))]
        public Value Formula { get; init; } = Value.Null;

        [Setting(FieldKind.Text, MaxLength = VariableName.MaxLength)]
        public string Variable { get; init; } = "";
    }
}
