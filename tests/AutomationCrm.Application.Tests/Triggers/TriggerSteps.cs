using System.Text.Json;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Tests.Triggers;

/// <summary>What nearly every test of triggers does.</summary>
internal static class TriggerSteps
{
    public static TriggerConfig Trigger(string type, object? settings = null, string? key = null) => new()
    {
        Key = key ?? "t-" + type,
        Type = type,
        Name = key ?? type,
        Settings = JsonSerializer.SerializeToElement(settings ?? new { }),
    };

    /// <summary>A condition of one row.</summary>
    public static JsonElement Row(string field, string op, string value) => JsonSerializer.SerializeToElement(new { all = new[] { new { field, op, value } } });

    public static Task<long> ChangeAsync(this AppFixture app, long deal, string field, Value value) =>
        app.SendAsync(new UpdateItem(ItemRef.Deal(deal), new Dictionary<string, Value> { [field] = value }));

    public static async Task<string> StageAsync(this AppFixture app, long deal) => (await app.FindItemAsync(ItemRef.Deal(deal)))!.StageId;

    /// <summary>The candidates of the newest decision.</summary>
    public static Task<List<(string Key, string Code)>> CandidatesAsync(this AppFixture app) => app.ReadAsync(async db =>
    {
        var newest = await db.TriggerRecords.AsNoTracking().OrderByDescending(r => r.Id).FirstAsync();
        using var json = JsonDocument.Parse(newest.Candidates);
        return json.RootElement.EnumerateArray().Select(c => (c.GetProperty("key").GetString()!, c.GetProperty("code").GetString()!)).ToList();
    });

    public static Task<long> AddPersonAsync(this AppFixture app, string name = "Sam", long? department = null) => app.ReadAsync(async db =>
    {
        var person = new Person { Name = name, LastName = "Seller", DepartmentId = department, CreatedAt = TimeProvider.System.GetUtcNow() };
        db.People.Add(person);
        await db.SaveConfigurationAsync(CancellationToken.None);
        return person.Id;
    });
}
