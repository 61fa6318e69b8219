using AutomationCrm.Application.Automation.DryRun;

namespace AutomationCrm.Web.Pages.Automation.Trial;

/// <summary>What outside calls are taken to answer, by robot key, as the form gives it back.</summary>
internal static class GivenAnswers
{
    /// <param name="fails">Keys of the calls that are taken to fail.</param>
    public static Dictionary<string, (string Results, bool Fails)> Read(IReadOnlyList<string> keys, IReadOnlyList<string> results, IReadOnlyList<string> fails)
    {
        var read = new Dictionary<string, (string, bool)>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(keys.Count, TryStage.MostAnswers); i++)
            read[keys[i]] = (results.ElementAtOrDefault(i) ?? "", fails.Contains(keys[i], StringComparer.Ordinal));
        return read;
    }

    public static Dictionary<string, TrialAnswer> ToTrial(IReadOnlyDictionary<string, (string Results, bool Fails)> answers) =>
        answers.ToDictionary(a => a.Key, a => new TrialAnswer(!a.Value.Fails, string.IsNullOrWhiteSpace(a.Value.Results) ? null : a.Value.Results));
}
