using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Automation.Scripts;

/// <summary>Puts a launch into its lane.</summary>
internal static class Launcher
{
    public static LaneId LaneOf(long launchId) => LaneId.Of(new ItemRef(LaneId.LaunchKind, launchId));

    /// <summary>The robots as the executor takes them: started by the launch and, when nothing else binds them, going on wherever the item goes.</summary>
    public static string Content(StageAutomationConfig config, bool bound) => JsonSerializer.Serialize(
        new StageAutomationConfig { Robots = [.. config.Robots.Select(r => r with { StartedBy = Launch.Starter, Survives = r.Survives || !bound })] },
        StageAutomation.Json);

    public static void Start(IUnitOfWork work, Launch launch, IReadOnlyList<long>? items)
    {
        work.Changes.Add(work.Changes.NewLaunches, new NewLaunch(launch, items));
        work.Changes.Add(work.Changes.Jobs, new NewJob(LaneOf(launch.Id), FeedLaunchJob.Kind, "{}"));
        work.Hint(Topics.Launches);
    }
}
