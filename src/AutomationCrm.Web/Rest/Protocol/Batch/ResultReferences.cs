using System.Text.RegularExpressions;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Batch;

/// <summary>
/// Replaces <c>$result[key][path]</c> in decoded values by data of earlier commands: a value that is nothing else takes the
/// data as it is, inside text it becomes text. A path that leads nowhere is empty.
/// </summary>
internal static partial class ResultReferences
{
    public static RestMap Fill(RestMap parameters, RestMap results, RestLimits limits)
    {
        var guard = new RestTreeGuard(limits);
        return (RestMap)Fill(parameters, results, guard);
    }

    private static RestValue Fill(RestValue value, RestMap results, RestTreeGuard guard)
    {
        guard.CountValue();
        return value switch
        {
            RestMap map => RestValue.Map(map.Select(e => (e.Key, Fill(e.Value, results, guard)))),
            RestList list => RestValue.List(list.Items.Select(i => Fill(i, results, guard))),
            RestText text when text.Text.Contains("$result[", StringComparison.Ordinal) => FillText(text.Text, results, guard),
            _ => value,
        };
    }

    private static RestValue FillText(string text, RestMap results, RestTreeGuard guard)
    {
        var match = Reference().Match(text);
        if (!match.Success) return text;
        if (match.Length == text.Length) return Count(Follow(match, results) ?? "", guard);
        return Reference().Replace(text, m => Follow(m, results)?.Text ?? "");
    }

    private static RestValue? Follow(Match reference, RestMap results)
    {
        RestValue? at = results;
        foreach (Capture step in reference.Groups["step"].Captures) at = at?.Find(step.Value);
        return at;
    }

    // Fifty commands that each copy a list are one more way to make a request large.
    private static RestValue Count(RestValue value, RestTreeGuard guard)
    {
        guard.CountValue();
        foreach (var (_, child) in value.Entries) Count(child, guard);
        return value;
    }

    [GeneratedRegex(@"\$result(?:\[(?<step>[^\[\]]{1,200})\]){1,32}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();
}
