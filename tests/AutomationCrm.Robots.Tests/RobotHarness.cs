using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Robots.Tests;

/// <summary>Runs one robot on one deal, as a stage would, and answers its record.</summary>
internal static class RobotHarness
{
    public const string Stage = "PREPARATION";

    // No drain takes so long that the next try comes within it.
    public static readonly OnErrorConfig LongPause = new() { Pause = "PT1M" };

    public static async Task<RobotRun> RunAsync(this AppFixture app, string type, object settings)
    {
        await app.PublishAsync(ItemTypeIds.Deal, Stage, TestPortal.Robot(type, settings) with { OnError = LongPause });
        await app.SendAsync(new MoveItem(ItemRef.Deal(await app.AddDealAsync()), Stage));
        await app.DrainAsync();
        return await app.LastAsync();
    }

    public static Task<RobotRun> LastAsync(this AppFixture app) => app.ReadAsync(db => db.RobotRuns.AsNoTracking().OrderByDescending(r => r.Id).FirstAsync());

    public static Task<long> AddDealAsync(this AppFixture app) =>
        app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Chairs"), [FieldCodes.Amount] = Value.Of(100m) }));

    public static async Task<Item> DealAsync(this AppFixture app) => (await app.FindItemAsync(ItemRef.Deal(await app.ScalarAsync<long>("select max(id) from item where type_id = 2"))))!;

    public static Task<long> AddPersonAsync(this AppFixture app, string name, bool active = true) => app.ReadAsync(async db =>
    {
        var person = new Person { Name = name, IsActive = active, CreatedAt = TimeProvider.System.GetUtcNow() };
        db.People.Add(person);
        await db.SaveConfigurationAsync(CancellationToken.None);
        return person.Id;
    });
}
