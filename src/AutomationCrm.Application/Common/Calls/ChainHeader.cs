using System.Globalization;

namespace AutomationCrm.Application.Common.Calls;

/// <summary>
/// Carries the chain of causes over HTTP: our outgoing calls have it and our REST honours it, so that a cycle through somebody else's
/// program is stopped like any other (attack list A22). Whoever forges it only shortens his own leash.
/// </summary>
public static class ChainHeader
{
    public const string Name = "X-AutomationCrm-Chain";

    public static string Write(Cause cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return string.Create(CultureInfo.InvariantCulture, $"{cause.ChainId:D};{cause.Depth};{cause.Count}");
    }

    /// <summary>The cause of a call that came back to us; null when the text is not ours.</summary>
    public static Cause? Read(string? text)
    {
        if (text is null || text.Length > 64 || text.Split(';') is not [var id, var depth, var count]) return null;

        return Guid.TryParseExact(id, "D", out var chain) && chain != Guid.Empty
            && int.TryParse(depth, NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var robots)
            ? new(chain, Math.Max(1, level), robots, RunId: 0, RobotRunId: 0)
            : null;
    }
}
