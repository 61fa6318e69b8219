using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Robots;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Robots;

/// <summary>Every robot and trigger type of this assembly and what sends its effects, found by scan: adding one is adding its file.</summary>
public static class RobotServices
{
    public static IServiceCollection AddRobots(this IServiceCollection services)
    {
        foreach (var type in typeof(RobotServices).Assembly.GetTypes().Where(t => !t.IsAbstract))
        {
            if (typeof(IRobot).IsAssignableFrom(type)) services.AddSingleton(typeof(IRobot), type);
            if (typeof(ITrigger).IsAssignableFrom(type)) services.AddSingleton(typeof(ITrigger), type);
            if (typeof(IEffectSender).IsAssignableFrom(type)) services.AddSingleton(typeof(IEffectSender), type);
        }

        return services;
    }
}
