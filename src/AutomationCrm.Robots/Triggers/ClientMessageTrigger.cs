using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>The client wrote through the public form of the item; narrowed by a word of the text.</summary>
internal sealed class ClientMessageTrigger() : Trigger<ClientMessageTrigger.Settings>("client_message", HappeningCodes.ClientMessage)
{
    protected override IReadOnlyList<Field> Facts => [Fact("Text", FieldKind.LongText)];

    protected override string? Mismatch(Settings settings, TriggerEvent happened) =>
        settings.Text.Length == 0 || happened.Text("Text").Contains(settings.Text, StringComparison.OrdinalIgnoreCase) ? null : $"The message does not contain \"{settings.Text}\".";

    internal sealed record Settings
    {
        [Setting(FieldKind.Text, MaxLength = 200)]
        public string Text { get; init; } = "";
    }
}
