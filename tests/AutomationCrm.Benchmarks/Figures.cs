using System.Globalization;
using System.Text.Json.Nodes;

namespace AutomationCrm.Benchmarks;

/// <summary>What a benchmark found: lines for people as it goes, one JSON object at the end.</summary>
internal sealed class Figures
{
    private readonly JsonObject found = [];

    public void Add(string key, double value, int digits = 0)
    {
        found[key] = Math.Round(value, digits);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key,-28} {Math.Round(value, digits)}"));
    }

    /// <summary>The last line.</summary>
    public void Print() => Console.WriteLine(found.ToJsonString());

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <param name="share">For example 0.99.</param>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(sorted.Length * share) - 1)];
    }
}
