using System.Text.Json;
using AutomationCrm.Application.Automation.Runs;

namespace AutomationCrm.Web.Pages.Runs;

/// <summary>Colours of states; the word stands beside them always.</summary>
internal static class RunBadge
{
    /// <summary>The key of a state's word.</summary>
    public static string Key(string state)
    {
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(state);
        return $"runs.state.{name}";
    }

    public static string Of(string? tone) => tone switch
    {
        "success" => "bg-green-lt",
        "danger" => "bg-red-lt",
        "warning" => "bg-orange-lt",
        "primary" => "bg-blue-lt",
        _ => "bg-secondary-lt",
    };

    public static string Of(RobotRunState state) => Of(state switch
    {
        RobotRunState.Done => "success",
        RobotRunState.Incident => "danger",
        RobotRunState.Retrying or RobotRunState.Undone => "warning",
        RobotRunState.Waiting or RobotRunState.Sending => "primary",
        _ => null,
    });
}
