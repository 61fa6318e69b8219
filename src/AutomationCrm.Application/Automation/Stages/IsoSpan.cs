using System.Globalization;
using System.Text.RegularExpressions;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>An ISO 8601 duration with its parts kept apart: months and days move the wall clock, the rest is exact time.</summary>
public readonly partial record struct IsoSpan(int Months, int Days, TimeSpan Time)
{
    public bool IsZero => this == default;

    public bool IsNegative => Months < 0 || Days < 0 || Time < TimeSpan.Zero;

    /// <summary>About how long; a month counts as thirty days.</summary>
    public TimeSpan Length => TimeSpan.FromDays((30.0 * Months) + Days) + Time;

    /// <summary>Null when the text is no duration such as <c>PT10M</c>, <c>-P1D</c> or <c>P1DT2H</c>.</summary>
    public static IsoSpan? Parse(string? text)
    {
        if (text is not { Length: > 1 and <= 40 } || text[^1] is 'P' or 'T' || Pattern().Match(text) is not { Success: true } match) return null;

        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var seconds = match.Groups["s"].Success ? decimal.Parse(match.Groups["s"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var time = TimeSpan.FromHours(Part("h")) + TimeSpan.FromMinutes(Part("i")) + TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        var span = new IsoSpan((12 * Part("y")) + Part("m"), (7 * Part("w")) + Part("d"), time);
        return match.Groups["minus"].Success ? new(-span.Months, -span.Days, -span.Time) : span;
    }

    [GeneratedRegex(@"^(?<minus>-)?P((?<y>\d{1,4})Y)?((?<m>\d{1,5})M)?((?<w>\d{1,5})W)?((?<d>\d{1,6})D)?(T((?<h>\d{1,7})H)?((?<i>\d{1,8})M)?((?<s>\d{1,9}(\.\d{1,6})?)S)?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Pattern();
}
