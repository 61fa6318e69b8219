using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>The client opened a mail that was sent from here.</summary>
internal sealed class MailOpenedTrigger() : Trigger<NoSettings>("mail_opened", HappeningCodes.MailOpened)
{
    protected override IReadOnlyList<Field> Facts => [Fact("MailId"), Fact("Subject")];
}
