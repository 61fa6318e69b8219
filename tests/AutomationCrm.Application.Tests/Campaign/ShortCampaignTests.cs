using AutomationCrm.Campaign;
using AutomationCrm.Infrastructure;

namespace AutomationCrm.Application.Tests.Campaign;

/// <summary>The fault campaign in small (docs/reliability.md): real processes, real kills, a durable database.</summary>
public sealed class ShortCampaignTests
{
    [Fact]
    public async Task Nothing_is_lost_and_nothing_done_twice_when_nodes_are_killed_and_stand_still()
    {
        var options = new CampaignOptions
        {
            Seed = Environment.TickCount & 0xFFFFFF,
            Kills = 4,
            Freezes = 1,
            LeaseSeconds = 2,
            Rate = 20,
            Deals = 40,
            Calm = TimeSpan.FromSeconds(1),
            LongestGap = TimeSpan.FromSeconds(2),
        };

        var found = await CampaignRun.RunAsync(options);

        Assert.True(found.Violations.Count == 0, $"seed {options.Seed}: {string.Join(Environment.NewLine, [.. found.Violations, .. found.Notes])}");
    }

    [Fact]
    public void Defects_on_purpose_are_in_no_build_but_the_campaigns() =>
        Assert.Null(typeof(InfrastructureServices).Assembly.GetType("AutomationCrm.Infrastructure.Persistence.Work.CampaignDefects"));
}
