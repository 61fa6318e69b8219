using System.Text.Json;
using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation.Editing;

/// <summary>"Otherwise …" and "ask for approval" on a stage: what is handed over to processes.</summary>
public class ProcessEntryTests
{
    private static readonly ProcessResult Nowhere = new(null, null);

    [Fact]
    public async Task Approval_hands_over_the_stage_the_condition_the_robots_and_where_the_answer_moves_the_item()
    {
        await using var app = await AppFixture.StartAsync(services => services.AddScoped<IProcessDrafts, Drawer>());
        var version = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Note("a", "1000"), Note("b", "1000"), Note("c"));

        var address = await app.SendAsync(new BeginProcess(ProcessEntry.Approval, ItemTypeIds.Deal, Deals.First, version, ["a", "b"], new("WON", "LOSE")));

        var seed = await HandedOverAsync(app);
        Assert.Equal("/processes/PREPARATION", address);
        Assert.Equal((ProcessEntry.Approval, new StagePlace(ItemTypeIds.Deal, Deals.First), version), (seed.Entry, seed.Place, seed.Version));
        Assert.Equal(["a", "b"], seed.Robots.Select(r => r.Key));
        Assert.Equal("OPPORTUNITY", seed.Condition!.Value.GetProperty("all")[0].GetProperty("field").GetString());
        Assert.Equal(new ProcessResult("WON", "LOSE"), seed.Result);
        Assert.Equal(version, (await app.SendAsync(new GetStageAutomation(ItemTypeIds.Deal, Deals.First))).Version);
    }

    [Fact]
    public async Task Otherwise_hands_over_the_opposite_of_the_condition()
    {
        await using var app = await AppFixture.StartAsync(services => services.AddScoped<IProcessDrafts, Drawer>());
        var version = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Note("a", "1000"));

        await app.SendAsync(new BeginProcess(ProcessEntry.Otherwise, ItemTypeIds.Deal, Deals.First, version, ["a"], new(Deals.Second, "LOSE")));

        var seed = await HandedOverAsync(app);
        Assert.Equal("OPPORTUNITY", seed.Condition!.Value.GetProperty("not").GetProperty("all")[0].GetProperty("field").GetString());
        Assert.Equal(new ProcessResult(Deals.Second, null), seed.Result);
    }

    [Fact]
    public async Task Without_processes_the_entry_says_so_and_nothing_changes()
    {
        await using var app = await AppFixture.StartAsync();
        var version = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Note("a", "1000"));
        var before = await app.ReadAsync(db => db.ConfigVersions.CountAsync());

        Assert.False(await app.SendAsync(new HasProcesses()));
        var seen = await app.SendAsync(new PrepareProcess(ProcessEntry.Approval, ItemTypeIds.Deal, Deals.First, ["a"], Nowhere));
        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new BeginProcess(ProcessEntry.Approval, ItemTypeIds.Deal, Deals.First, version, ["a"], Nowhere)));

        Assert.Equal(["a"], seen.Robots.Select(r => r.Key));
        Assert.Equal("process.none", refused.Code);
        Assert.Equal(before, await app.ReadAsync(db => db.ConfigVersions.CountAsync()));
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_with_the_reason()
    {
        await using var app = await AppFixture.StartAsync(services => services.AddScoped<IProcessDrafts, Drawer>());
        var version = await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Note("a", "1000"), Note("b", "2000"), Note("c"));

        async Task<string> CodeAsync(ProcessEntry entry, string[] keys, ProcessResult result) =>
            (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new BeginProcess(entry, ItemTypeIds.Deal, Deals.First, version, keys, result)))).Code;

        Assert.Equal("process.condition", await CodeAsync(ProcessEntry.Otherwise, ["c"], Nowhere));
        Assert.Equal("process.condition", await CodeAsync(ProcessEntry.Otherwise, ["a", "b"], Nowhere));
        Assert.Equal("process.condition", await CodeAsync(ProcessEntry.Otherwise, [], Nowhere));
        Assert.Equal("robot.unknown", await CodeAsync(ProcessEntry.Approval, ["gone"], Nowhere));
        Assert.Equal("stage.unknown", await CodeAsync(ProcessEntry.Approval, [], new("NOWHERE", null)));
        await Assert.ThrowsAsync<ConflictException>(() => app.SendAsync(new BeginProcess(ProcessEntry.Approval, ItemTypeIds.Deal, Deals.First, version - 1, [], Nowhere)));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new BeginProcess(ProcessEntry.Approval, ItemTypeIds.Deal, Deals.First, version, [], Nowhere), person: 77));
    }

    private static RobotConfig Note(string key, string? above = null) =>
        Robot("add_comment", new { text = key }, key) with { Condition = above is null ? null : When("OPPORTUNITY", "gt", above) };

    private static async Task<ProcessSeed> HandedOverAsync(AppFixture app) =>
        JsonSerializer.Deserialize<ProcessSeed>(await app.ReadAsync(db => db.ConfigVersions.Where(v => v.Kind == Drawer.Kind).Select(v => v.Content).SingleAsync()))!;

    /// <summary>Keeps what it gets where a process side would keep its drafts.</summary>
    private sealed class Drawer(CrmDbContext db, TimeProvider clock) : IProcessDrafts
    {
        public const string Kind = "process";

        public async Task<string> BeginAsync(ProcessSeed seed, CancellationToken ct)
        {
            db.ConfigVersions.Add(new ConfigVersion { Kind = Kind, Key = seed.Place.Key, Number = 1, State = ConfigVersion.Draft, Content = JsonSerializer.Serialize(seed), At = clock.GetUtcNow() });
            await db.SaveConfigurationAsync(ct);
            return $"/processes/{seed.Place.StageId}";
        }
    }
}
