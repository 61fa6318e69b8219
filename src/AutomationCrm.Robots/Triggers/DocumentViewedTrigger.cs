using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>A document of the item was opened by its public link.</summary>
internal sealed class DocumentViewedTrigger() : Trigger<NoSettings>("document_viewed", HappeningCodes.DocumentViewed)
{
    protected override IReadOnlyList<Field> Facts => [Fact("DocumentId"), Fact("Number")];
}
