using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;

namespace AutomationCrm.Application.Automation.Explain;

/// <summary>A robot through the versions of its stage's automation.</summary>
/// <param name="Config">As it is now; null when it was taken away.</param>
internal sealed record RobotTrail(RobotConfig? Config, RobotConfig? LastKnown, int? CurrentVersion, ConfigMark? Added, ConfigMark? SwitchedOff, IReadOnlyDictionary<int, RobotConfig> ByVersion)
{
    /// <param name="versions">Newest first.</param>
    public static RobotTrail Of(IReadOnlyList<ConfigVersion> versions, string key, PortalSnapshot portal)
    {
        var byVersion = new Dictionary<int, RobotConfig>();
        foreach (var version in versions)
            if (portal.Compile(version).Config.Robots.FirstOrDefault(r => r.Key == key) is { } robot) byVersion[version.Number] = robot;

        var config = versions.Count > 0 ? byVersion.GetValueOrDefault(versions[0].Number) : null;
        ConfigVersion? added = null, off = null;
        foreach (var version in versions)
        {
            if (!byVersion.TryGetValue(version.Number, out var robot)) break;
            added = version;
            if (!robot.Enabled && (off is null || off.Number == NextUp(versions, version))) off = version;
        }

        return new(
            config,
            config ?? versions.Select(v => byVersion.GetValueOrDefault(v.Number)).FirstOrDefault(r => r is not null),
            versions.Count > 0 ? versions[0].Number : null,
            Mark(added, portal),
            config is { Enabled: false } ? Mark(off, portal) : null,
            byVersion);
    }

    // The version published right after this one.
    private static int? NextUp(IReadOnlyList<ConfigVersion> versions, ConfigVersion version)
    {
        for (var i = 1; i < versions.Count; i++)
            if (versions[i].Number == version.Number) return versions[i - 1].Number;
        return null;
    }

    private static ConfigMark? Mark(ConfigVersion? version, PortalSnapshot portal) => version is null ? null : new(version.Number, portal.PersonName(version.AuthorId), version.At);
}
