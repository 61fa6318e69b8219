using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>A mail went out to the client.</summary>
internal sealed class MailSentTrigger() : Trigger<NoSettings>("mail_sent", HappeningCodes.MailSent)
{
    protected override IReadOnlyList<Field> Facts => [Fact("To"), Fact("Subject")];
}
