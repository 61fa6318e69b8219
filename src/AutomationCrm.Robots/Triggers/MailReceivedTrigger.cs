using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>A mail of the client came in; narrowed by a word in its subject.</summary>
internal sealed class MailReceivedTrigger() : Trigger<MailReceivedTrigger.Settings>("mail_received", HappeningCodes.MailReceived)
{
    protected override IReadOnlyList<Field> Facts => [Fact("From"), Fact("Subject"), Fact("Text")];

    protected override string? Mismatch(Settings settings, TriggerEvent happened) =>
        settings.Subject.Length == 0 || happened.Text("Subject").Contains(settings.Subject, StringComparison.OrdinalIgnoreCase) ? null : $"The subject does not contain \"{settings.Subject}\".";

    internal sealed record Settings
    {
        [Setting(FieldKind.Text, MaxLength = 200)]
        public string Subject { get; init; } = "";
    }
}
