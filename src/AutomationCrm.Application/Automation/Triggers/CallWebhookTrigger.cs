using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>
/// The inbound address of the webhook trigger was called (reference bitrix-automation 2.3). The caller needs the right to change the item;
/// whether a trigger matches is decided in the item's lane, so the answer confirms the receipt only.
/// </summary>
/// <param name="Parameters">Become facts: <c>{=Template:Name}</c>.</param>
public sealed record CallWebhookTrigger(ItemRef Item, string Code, IReadOnlyDictionary<string, string> Parameters) : ICommand<bool>;

internal sealed class CallWebhookTriggerValidator : AbstractValidator<CallWebhookTrigger>
{
    private const int MostParameters = 50;
    private const int LongestValue = 4_000;

    public CallWebhookTriggerValidator()
    {
        RuleFor(c => c.Item.Id).GreaterThan(0).OverridePropertyName("target");
        RuleFor(c => c.Code).MaximumLength(50).Storable();
        RuleFor(c => c.Parameters).Must(p => p.Count <= MostParameters).Refuses("trigger.parameters", $"At most {MostParameters} parameters are taken.", MostParameters);
        RuleForEach(c => c.Parameters).Must(p => p.Key.Length <= 100 && p.Value.Length <= LongestValue && !p.Value.Contains('\0', StringComparison.Ordinal) && !p.Key.Contains('\0', StringComparison.Ordinal))
            .Refuses("trigger.parameter", $"A parameter's name has at most 100 characters, its value at most {LongestValue}, and no NUL.", LongestValue);
    }
}

internal sealed class CallWebhookTriggerHandler(IUnitOfWork work, IAccess access) : IRequestHandler<CallWebhookTrigger, bool>
{
    public async Task<bool> Handle(CallWebhookTrigger request, CancellationToken cancellationToken)
    {
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, item);
        var facts = request.Parameters.ToDictionary(p => p.Key, p => Value.Of(p.Value), StringComparer.Ordinal);
        facts["Code"] = Value.Of(request.Code);
        work.Raise(new Happening(item.Ref, HappeningCodes.WebhookCalled, facts));
        return true;
    }
}
