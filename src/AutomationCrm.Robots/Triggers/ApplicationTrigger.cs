using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>An application executed its trigger by REST.</summary>
internal sealed class ApplicationTrigger() : Trigger<ApplicationTrigger.Settings>("application", HappeningCodes.ApplicationTrigger)
{
    protected override IReadOnlyList<Field> Facts => [Fact("Code")];

    protected override string? Mismatch(Settings settings, TriggerEvent happened) =>
        settings.Code == happened.Text("Code") ? null : "Another trigger was executed.";

    internal sealed record Settings
    {
        [Setting(FieldKind.Text, Required = true, MaxLength = 100)]
        public string Code { get; init; } = "";
    }
}
