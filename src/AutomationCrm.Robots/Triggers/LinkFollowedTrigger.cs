using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Triggers;

/// <summary>The client followed a link of a mail; the address begins as configured.</summary>
internal sealed class LinkFollowedTrigger() : Trigger<LinkFollowedTrigger.Settings>("link_followed", HappeningCodes.LinkFollowed)
{
    protected override IReadOnlyList<Field> Facts => [Fact("MailId"), Fact("Url", FieldKind.Url)];

    protected override string? Mismatch(Settings settings, TriggerEvent happened) =>
        happened.Text("Url").StartsWith(settings.Url, StringComparison.OrdinalIgnoreCase) ? null : $"The link does not begin with {settings.Url}.";

    internal sealed record Settings
    {
        [Setting(FieldKind.Text, MaxLength = 2_000)]
        public string Url { get; init; } = "";
    }
}
