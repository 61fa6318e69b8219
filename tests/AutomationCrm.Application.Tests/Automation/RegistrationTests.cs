using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Robots;
using AutomationCrm.Robots;
using AutomationCrm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Tests.Automation;

/// <summary>The executor finds its handlers by kind; a kind that is registered twice would stop every lane.</summary>
public class RegistrationTests
{
    [Fact]
    public async Task Every_kind_of_job_and_of_effect_has_one_handler()
    {
        await using var app = await AppFixture.StartAsync();
        await using var scope = app.Services.CreateAsyncScope();

        var (jobs, effects) = (scope.ServiceProvider.GetServices<IJobHandler>().ToList(), scope.ServiceProvider.GetServices<IEffectSender>().ToList());

        Assert.NotEmpty(jobs);
        Assert.NotEmpty(effects);
        Assert.Empty(Twice(jobs.Select(j => j.Kind)));
        Assert.Empty(Twice(effects.Select(e => e.Kind)));
    }

    [Fact]
    public async Task Every_job_handler_and_reaction_of_the_product_is_registered_once()
    {
        await using var app = await AppFixture.StartAsync();
        await using var scope = app.Services.CreateAsyncScope();

        Once(scope.ServiceProvider.GetServices<IJobHandler>());
        Once(scope.ServiceProvider.GetServices<IReaction>());
        Once(scope.ServiceProvider.GetServices<IHappeningReaction>());
    }

    private static void Once<T>(IEnumerable<T> registered)
        where T : notnull
    {
        var written = new[] { typeof(ApplicationServices).Assembly, typeof(RobotServices).Assembly }
            .SelectMany(a => a.GetTypes()).Where(t => t is { IsAbstract: false, IsInterface: false } && t.IsAssignableTo(typeof(T))).Select(t => t.FullName!);
        Assert.Equal(written.Order(StringComparer.Ordinal), registered.Select(r => r.GetType().FullName!).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Twice(IEnumerable<string> kinds) => kinds.GroupBy(k => k, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key);
}
