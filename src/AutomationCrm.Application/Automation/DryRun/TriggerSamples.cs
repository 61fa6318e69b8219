using System.Globalization;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>Events made up for dry runs: what a person says of it, and for the rest something that suits the trigger's settings.</summary>
internal sealed class TriggerSamples(TimeProvider clock)
{
    public TriggerEvent EventOf(TriggerPlan plan, ITrigger type, Item item, IReadOnlyDictionary<string, string> given)
    {
        var facts = type.Descriptor.Facts.ToDictionary(f => f.Code, f => MadeUp(f, plan, item));
        foreach (var (name, text) in given)
        {
            var field = type.Descriptor.Facts.FirstOrDefault(f => f.Code.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (field is not null) facts[field.Code] = FieldText.Invariant.Read(field, text);
            else if (type.Descriptor.HasOtherFacts) facts[name] = Value.Of(text);
            else throw new Domain.Common.RuleBrokenException("fact.unknown", $"The trigger tells nothing of the name {name}.", "facts");
        }

        return TriggerEvent.Of(type.Descriptor.Event, facts) with { OnlyKey = type is ITimedTrigger ? plan.Key : null };
    }

    private Value MadeUp(Field fact, TriggerPlan plan, Item item)
    {
        // A setting that narrows the trigger is named like its fact: template for TemplateId, subject for Subject.
        var wanted = plan.Settings.Scalars.Where(s => fact.Code.StartsWith(s.Key, StringComparison.OrdinalIgnoreCase)).Select(s => ValueText.Plain(s.Value, new EvaluationContext(clock.GetUtcNow()))).FirstOrDefault(t => t.Length > 0);
        return FieldText.Invariant.Read(fact, wanted ?? Sample(fact, item));
    }

    private string Sample(Field fact, Item item) => fact.Kind switch
    {
        FieldKind.Integer or FieldKind.Number => "1",
        FieldKind.User => item.ResponsibleId.ToString(CultureInfo.InvariantCulture),
        FieldKind.Instant => clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        FieldKind.Date => clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldKind.Boolean => "Y",
        FieldKind.Url => "https://example.com/",
        _ => fact.Code,
    };
}
