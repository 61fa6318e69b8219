using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>How many instances a marker asks for; fixed when the activity is reached. -1 stands for no maximum.</summary>
internal static class LoopSizes
{
    public const string Limit = "limit";

    public static bool TryMeasure(Run run, int from, LoopMarker marker, out LoopData data, out string code, out string problem)
    {
        (code, problem, data) = ("", "", null!);
        if (marker is StandardLoop loop)
        {
            var maximum = -1;
            if (loop.Maximum is not null && !TryCount(run, from, loop.Maximum, "maximum of the loop", out maximum, out code, out problem)) return false;
            data = new() { Total = maximum };
            return true;
        }

        var multi = (MultiInstance)marker;
        ListDatum? items = null;
        int total;
        if (multi.Collection is { } collection)
        {
            if (!TryList(run, from, collection, out items, out code, out problem)) return false;
            total = items!.Items.Length;
        }
        else if (!TryCount(run, from, multi.Cardinality!, "number of instances", out total, out code, out problem))
        {
            return false;
        }

        if (total > run.Limits.Instances)
        {
            (code, problem) = (Limit, $"{total} instances are more than the {run.Limits.Instances} that are allowed.");
            return false;
        }

        data = new() { Total = total, Items = items, Outputs = multi.OutputCollection is null ? null : new Datum?[total] };
        return true;
    }

    private static bool TryCount(Run run, int from, Expression expression, string what, out int count, out string code, out string problem)
    {
        (count, code) = (0, FlowChoice.Broken);
        if (!run.TryEvaluate(expression, from, out var value, out problem)) return false;
        var number = value switch
        {
            NumberDatum n => n.Number,
            TextDatum t when decimal.TryParse(t.Text, System.Globalization.CultureInfo.InvariantCulture, out var n) => n,
            _ => -1,
        };
        if (number < 0 || number != decimal.Truncate(number) || number > int.MaxValue)
        {
            problem = $"The {what} is '{value}'; it has to be a whole number, 0 or more.";
            return false;
        }

        count = (int)number;
        return true;
    }

    private static bool TryList(Run run, int from, Expression expression, out ListDatum? items, out string code, out string problem)
    {
        (items, code) = (null, FlowChoice.Broken);
        if (!run.TryEvaluate(expression, from, out var value, out problem)) return false;
        items = value as ListDatum;
        if (items is null) problem = $"The collection '{expression.Text}' gives '{value}', which is no list.";
        return items is not null;
    }
}
