using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Timing;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>Reads event definitions, written inside the event or referred to.</summary>
internal static class EventDefinitionReader
{
    private static readonly DateTimeOffset AnyTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<EventDefinition> ReadAll(CompileContext context, MarkupElement markup)
    {
        foreach (var child in markup.Elements())
        {
            if (!child.IsBpmn) continue;
            if (child.LocalName == "eventDefinitionRef")
            {
                if (context.File.Resolve(child.Text()) is { } shared && Read(context, markup, shared) is { } found) yield return found;
                else context.Error(markup.Id, "unknown-reference", $"The event definition '{child.Text()}' does not exist.");
            }
            else if (child.LocalName.EndsWith("EventDefinition", StringComparison.Ordinal))
            {
                // What is no event kind at all is refused by VocabularyRules.
                if (Read(context, markup, child) is { } read) yield return read;
            }
        }
    }

    public static EventDefinition? Read(CompileContext context, MarkupElement owner, MarkupElement markup)
    {
        EventDefinition? definition = markup.LocalName switch
        {
            "messageEventDefinition" => Message(context, owner, markup),
            "signalEventDefinition" => new SignalDefinition(NameOf(context, owner, markup["signalRef"], "signal")),
            "timerEventDefinition" => Timer(context, owner, markup),
            "conditionalEventDefinition" => Conditional(context, owner, markup),
            "errorEventDefinition" => new ErrorDefinition(CodeOf(context, owner, markup["errorRef"], "errorCode")),
            "escalationEventDefinition" => new EscalationDefinition(CodeOf(context, owner, markup["escalationRef"], "escalationCode")),
            "compensateEventDefinition" => new CompensateDefinition(markup["waitForCompletion"] is not ("false" or "0"), BpmnFile.LocalPart(markup["activityRef"])),
            "cancelEventDefinition" => new CancelDefinition(),
            "terminateEventDefinition" => new TerminateDefinition(),
            "linkEventDefinition" => new LinkDefinition(markup["name"] ?? ""),
            _ => null,
        };
        return definition is null ? null : definition with { Kind = markup.LocalName };
    }

    public static MessageDefinition Message(CompileContext context, MarkupElement owner, MarkupElement markup)
    {
        var operation = context.File.Resolve(markup["operationRef"] ?? markup.Element("operationRef")?.Text());
        var reference = markup["messageRef"] ?? operation?.Element("inMessageRef")?.Text();
        var message = context.File.Resolve(reference);
        var key = message?.Element("extensionElements")?.Elements().Select(e => e["correlationKey"]).FirstOrDefault(k => k is not null) ?? owner.Foreign("correlationKey");
        return new(NameOf(context, owner, reference, "message"), context.Compile(owner.Id, key, ExpressionUse.Value));
    }

    private static EventName NameOf(CompileContext context, MarkupElement owner, string? reference, string what)
    {
        if (string.IsNullOrEmpty(reference))
        {
            context.Warn(owner.Id, "unnamed-event", $"No {what} is named; only something addressed to '{owner.Id}' reaches it.");
            return new(owner.Id ?? "");
        }

        if (context.File.Resolve(reference) is not { } found || found.LocalName != what)
        {
            context.Error(owner.Id, "unknown-reference", $"The {what} '{reference}' does not exist.");
            return new(reference);
        }

        var name = found["name"] is { Length: > 0 } given ? given : found.Id!;
        var isComputed = name.Contains("${", StringComparison.Ordinal) || name.StartsWith('=');
        return new(name, isComputed ? context.Compile(owner.Id, name, ExpressionUse.Template) : null);
    }

    private static string? CodeOf(CompileContext context, MarkupElement owner, string? reference, string attribute)
    {
        if (string.IsNullOrEmpty(reference)) return null;
        if (context.File.Resolve(reference) is { } found)
        {
            // Without a code a catch takes every code (rule X3); a throw is told apart by the id.
            var catches = owner.LocalName is "boundaryEvent" or "startEvent";
            return found[attribute] is { Length: > 0 } code ? code : catches ? null : found.Id;
        }

        context.Warn(owner.Id, "unknown-reference", $"'{reference}' does not exist; the name itself is taken as the code.");
        return reference;
    }

    private static TimerDefinition? Timer(CompileContext context, MarkupElement owner, MarkupElement markup)
    {
        var text = (markup.Element("timeDate") ?? markup.Element("timeDuration") ?? markup.Element("timeCycle"))?.Text();
        if (string.IsNullOrEmpty(text))
        {
            context.Error(owner.Id, "timer", "The timer has no date, duration or cycle.");
            return new(new VariableReference("timer"));
        }

        // A timer that is written down can be checked now; one that is computed only when it is set.
        var isComputed = text.Contains('{', StringComparison.Ordinal) || text[0] is '=' or '"' or '\'' || CompileContext.IsIdentifier(text);
        if (!TimerPlan.TryRead(text, AnyTime, TimeZoneInfo.Utc, context.Options.MinimumRepeat, out _, out var problem) && !isComputed)
            context.Error(owner.Id, "timer", problem);
        return context.Compile(owner.Id, text, ExpressionUse.Template) is { } when ? new(when) : null;
    }

    private static ConditionalDefinition? Conditional(CompileContext context, MarkupElement owner, MarkupElement markup)
    {
        var text = markup.Element("condition")?.Text();
        if (string.IsNullOrEmpty(text)) context.Error(owner.Id, "condition", "The conditional event has no condition.");
        return context.Compile(owner.Id, text, ExpressionUse.Condition) is { } condition ? new(condition) : null;
    }
}
