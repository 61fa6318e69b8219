using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Tests.Automation;

/// <summary>What nearly every test of the executor does.</summary>
internal static class Deals
{
    public const string First = "PREPARATION";
    public const string Second = "EXECUTING";

    public static Task<long> AddDealAsync(this AppFixture app, string title = "Deal", decimal amount = 0) =>
        app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of(title), [FieldCodes.Amount] = Value.Of(amount) }));

    public static Task<ItemMoved> MoveAsync(this AppFixture app, long deal, string stage, Origin origin = Origin.Rest) =>
        app.SendAsync(new MoveItem(ItemRef.Deal(deal), stage), origin: origin);

    /// <summary>In the order in which they were made.</summary>
    public static Task<List<RobotRun>> RobotRunsAsync(this AppFixture app) =>
        app.ReadAsync(db => db.RobotRuns.AsNoTracking().OrderBy(r => r.RunId).ThenBy(r => r.Track).ThenBy(r => r.Position).ToListAsync());

    public static Task<List<Run>> RunsAsync(this AppFixture app) => app.ReadAsync(db => db.Runs.AsNoTracking().OrderBy(r => r.Id).ToListAsync());

    public static Task<List<string>> CommentsAsync(this AppFixture app) =>
        app.ReadAsync(db => db.Comments.AsNoTracking().OrderBy(c => c.Id).Select(c => c.Text).ToListAsync());
}
