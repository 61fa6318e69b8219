using AutomationCrm.Application.Automation.Stages;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>Robots of a stage as chains: the place in a chain decides "after previous", so moving one robot never ties strangers together.</summary>
public static class ChainOrder
{
    public static List<List<RobotConfig>> Split(IEnumerable<RobotConfig> robots)
    {
        ArgumentNullException.ThrowIfNull(robots);
        var chains = new List<List<RobotConfig>>();
        foreach (var robot in robots)
        {
            if (!robot.AfterPrevious || chains.Count == 0) chains.Add([]);
            chains[^1].Add(robot);
        }

        return chains;
    }

    public static IReadOnlyList<RobotConfig> Join(IEnumerable<IReadOnlyList<RobotConfig>> chains) =>
        [.. chains.SelectMany(chain => chain.Select((robot, i) => robot.AfterPrevious == i > 0 ? robot : robot with { AfterPrevious = i > 0 }))];

    /// <summary>What is left without some robots; who stood behind them closes up.</summary>
    public static IReadOnlyList<RobotConfig> Without(IReadOnlyList<RobotConfig> robots, IReadOnlySet<string> keys) =>
        Join(Split(robots).Select(chain => chain.FindAll(r => !keys.Contains(r.Key))));

    /// <summary>The chosen robots alone; neighbours of one chain stay joined.</summary>
    public static IReadOnlyList<RobotConfig> Only(IReadOnlyList<RobotConfig> robots, IReadOnlySet<string> keys) =>
        Join(Split(robots).Select(chain => chain.FindAll(r => keys.Contains(r.Key))));

    /// <summary>Puts robots before another: inside a chain they join it, before its head or at the end they stay on their own.</summary>
    /// <param name="before">A robot's key; null or unknown for the end.</param>
    public static IReadOnlyList<RobotConfig> Insert(IReadOnlyList<RobotConfig> robots, IReadOnlyList<RobotConfig> added, string? before)
    {
        var chains = Split(robots);
        var at = chains.FindIndex(chain => chain.Exists(r => r.Key == before));
        if (at < 0) return Join([.. chains, .. Split(added)]);

        var place = chains[at].FindIndex(r => r.Key == before);
        if (place > 0) chains[at].InsertRange(place, added);
        else chains.InsertRange(at, Split(added));
        return Join(chains);
    }
}
