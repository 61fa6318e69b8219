using System.Globalization;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>Reads what all activities have: marker, mappings, quantities.</summary>
internal static class ActivityReader
{
    public static T Fill<T>(CompileContext context, T activity)
        where T : Activity
    {
        var markup = activity.Markup;
        activity.IsForCompensation = markup["isForCompensation"] is "true" or "1";
        activity.Loop = LoopReader.Read(context, markup);
        activity.StartQuantity = Quantity(context, markup, "startQuantity");
        activity.CompletionQuantity = Quantity(context, markup, "completionQuantity");
        var (inputs, outputs) = MappingReader.Read(context, markup);
        activity.Inputs = inputs;
        activity.Outputs = outputs;
        return activity;
    }

    private static int Quantity(CompileContext context, MarkupElement markup, string attribute)
    {
        if (markup[attribute] is not { } text) return 1;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1000) return number;
        context.Error(markup.Id, "quantity", $"{attribute} is '{text}'; it has to be a number from 1 to 1000.");
        return 1;
    }
}
