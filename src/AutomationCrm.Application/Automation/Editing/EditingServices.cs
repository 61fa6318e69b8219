using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Lanes;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Automation.Editing;

internal static class EditingServices
{
    public static void AddEditing(IServiceCollection services)
    {
        services.AddScoped<StageDesk>();
        services.AddScoped<DraftDrawer>();
        services.AddScoped<ProcessSeeds>();
        services.AddScoped<UsageReader>();
        services.AddScoped<Stages.NamedThings>();
        services.AddScoped<Stages.AutomationReview>();
        services.AddScoped<IAutomationInspector, NamedThingsInspector>();
        services.AddScoped<LaunchReader>();
        services.AddScoped<IJobHandler, FeedLaunchJob>();
    }
}
