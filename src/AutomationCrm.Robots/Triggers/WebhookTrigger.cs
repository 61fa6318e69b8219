using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>The inbound address was called with this trigger's code (reference bitrix-automation 2.3). A trigger without a code answers to every call.</summary>
internal sealed class WebhookTrigger() : Trigger<WebhookTrigger.Settings>("webhook", HappeningCodes.WebhookCalled)
{
    protected override IReadOnlyList<Field> Facts => [Fact("Code")];

    protected override bool HasOtherFacts => true;

    protected override string? Mismatch(Settings settings, TriggerEvent happened) =>
        settings.Code.Length == 0 || settings.Code == happened.Text("Code") ? null : "It was called with another code.";

    internal sealed record Settings
    {
        [Setting(FieldKind.Text, MaxLength = 50)]
        public string Code { get; init; } = "";
    }
}
