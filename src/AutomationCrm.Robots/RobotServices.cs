using AutomationCrm.Application.Robots;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Robots;

/// <summary>Every robot type of this assembly, found by scan: adding one is adding its file.</summary>
public static class RobotServices
{
    public static IServiceCollection AddRobots(this IServiceCollection services)
    {
        foreach (var type in typeof(RobotServices).Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(IRobot).IsAssignableFrom(t)))
            services.AddSingleton(typeof(IRobot), type);
        return services;
    }
}
