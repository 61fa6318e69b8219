using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Demo;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Tests.Demo;

public class DemoTests
{
    private const string Sink = "http://127.0.0.1:9/demo/sink/";

    [Fact]
    public async Task Every_robot_type_stands_somewhere_and_todays_deals_have_met_their_robots()
    {
        await using var app = await AppFixture.StartAsync(settings: new Dictionary<string, string?> { ["Crm:Secrets:Key"] = Convert.ToBase64String(new byte[32]) });
        await app.ReadAsync(async db => await db.People.Where(p => p.Id != app.Admin).ExecuteDeleteAsync());
        await app.SendAsync(new ShipTemplates());

        Assert.True(await app.SendAsync(new LoadDemoPeople(app.Admin, Sink)));
        await app.Services.GetRequiredService<IPortal>().FreshAsync(CancellationToken.None);
        await app.SendAsync(new LoadDemo(app.Admin));
        await app.SendAsync(new LoadDemoAutomation(app.Admin, Sink));
        var moved = await app.SendAsync(new LoadDemoToday(app.Admin));

        var versions = await app.ReadAsync(db => db.ConfigVersions.AsNoTracking().ToListAsync());
        var shown = versions.Where(v => v.Kind == StageAutomation.ConfigKind).SelectMany(v => StageAutomation.Parse(v.Number, v.Content).Config.Robots)
            .Concat(versions.Where(v => v.Kind == ScriptConfig.ConfigKind).SelectMany(v => ScriptConfig.Parse(v.Content).Robots)).Select(r => r.Type).ToHashSet();
        await using var scope = app.Services.CreateAsyncScope();
        Assert.Empty(scope.ServiceProvider.GetRequiredService<RobotCatalogue>().All.Select(d => d.Code).Except(shown));
        foreach (var pipeline in app.Services.GetRequiredService<IPortal>().Current.Pipelines)
            Assert.DoesNotContain(await app.SendAsync(new InspectPipeline(pipeline.TypeId, pipeline.Id)), p => p.IsError);
        Assert.True(moved >= 8);
        Assert.Equal(moved, await app.ReadAsync(db => db.Runs.CountAsync()));
    }
}
