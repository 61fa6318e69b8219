using System.Text.Json;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Robots;

/// <summary>What a configured robot leaves for later ones.</summary>
internal static class RobotResults
{
    /// <summary>The result of that name; null when the robot has none.</summary>
    public static Field? Find(IRobot robot, string rawSettings, string name)
    {
        using var settings = JsonDocument.Parse(rawSettings);
        foreach (var field in robot.ResultsOf(settings.RootElement))
            if (field.Code.Equals(name, StringComparison.Ordinal)) return field;
        return null;
    }
}
