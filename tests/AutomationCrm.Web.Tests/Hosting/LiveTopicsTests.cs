using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using AutomationCrm.Web.Hosting.Live;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Web.Tests.Hosting;

public sealed class LiveTopicsTests
{
    private const long Member = 7_000;

    [Fact]
    public async Task Nobody_hears_of_changes_that_he_may_not_see()
    {
        await using var app = await AppFixture.StartAsync();
        var open = await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { ["TITLE"] = Value.Of("Open") }));
        var closed = await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { ["TITLE"] = Value.Of("Closed"), ["OPENED"] = Value.Of(false) }));
        await app.ExecuteAsync($"insert into person (id, name, created_at) overriding system value values ({Member}, 'Max', now()); update configuration_stamp set value = value + 1");
        var watched = await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { ["TITLE"] = Value.Of("Watched"), ["OPENED"] = Value.Of(false), ["OBSERVERS"] = Value.Of([new UserValue(Member)]) }));
        string[] asked = [Topics.Item(ItemRef.Deal(open)), Topics.Item(ItemRef.Deal(closed)), Topics.Item(ItemRef.Deal(watched)), "item/2/99", "item/2/x", Topics.Person(Member), Topics.Person(app.Admin), Topics.Board(2, 0), Topics.Outbox, Topics.Import(1), Topics.Tasks];
        var topics = new LiveTopics(app.Services.GetRequiredService<IItemReader>(), app.Services.GetRequiredService<IAccess>(), app.Services.GetRequiredService<IServiceScopeFactory>());

        Assert.Equal([Topics.Item(ItemRef.Deal(open)), Topics.Item(ItemRef.Deal(watched)), Topics.Person(Member), Topics.Board(2, 0), Topics.Tasks], await topics.AllowedAsync(asked, Member, isAdmin: false, CancellationToken.None));
        Assert.Contains(Topics.Item(ItemRef.Deal(closed)), await topics.AllowedAsync(asked, app.Admin, isAdmin: true, CancellationToken.None));
    }
}
