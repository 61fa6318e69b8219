using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Tests.Query;

public sealed class FilterTests(FilterTests.ThreeDeals deals) : IClassFixture<FilterTests.ThreeDeals>
{
    private readonly AppFixture app = deals.App;

    public static TheoryData<string, FilterOp, object?[], string> Cases => new()
    {
        { FieldCodes.Title, FilterOp.Equal, ["Chairs"], "1" },
        { FieldCodes.Title, FilterOp.NotEqual, ["Chairs"], "2,3" },
        { FieldCodes.Title, FilterOp.Contains, ["лАМП"], "3" },
        { FieldCodes.Title, FilterOp.Contains, ["_50%"], "2" },
        { FieldCodes.Title, FilterOp.Contains, ["a%s"], "" },
        { FieldCodes.Title, FilterOp.Like, ["%a%s"], "1" },
        { FieldCodes.Title, FilterOp.Like, ["T%"], "2" },
        { FieldCodes.Title, FilterOp.NotLike, ["T%"], "1,3" },
        { FieldCodes.Title, FilterOp.NotContains, ["a"], "3" },
        { FieldCodes.Amount, FilterOp.Greater, [10m], "2" },
        { FieldCodes.Amount, FilterOp.GreaterOrEqual, [10m], "1,2" },
        { FieldCodes.Amount, FilterOp.In, [10m, 20m, 99m], "1,2" },
        { FieldCodes.Amount, FilterOp.In, [], "" },
        { FieldCodes.Amount, FilterOp.NotIn, [], "1,2,3" },
        { FieldCodes.Amount, FilterOp.NotIn, [10m], "2,3" },
        { FieldCodes.Amount, FilterOp.Less, [null], "" },
        { "PROBABILITY", FilterOp.Less, [40m], "2" },
        { "PROBABILITY", FilterOp.NotEqual, [40m], "2,3" },
        { "PROBABILITY", FilterOp.Empty, [], "3" },
        { "PROBABILITY", FilterOp.NotEmpty, [], "1,2" },
        { FieldCodes.BeginDate, FilterOp.LessOrEqual, ["date:2026-01-05"], "1" },
        { FieldCodes.BeginDate, FilterOp.Equal, [null], "3" },
        { FieldCodes.BeginDate, FilterOp.NotEqual, [null], "1,2" },
        { FieldCodes.Opened, FilterOp.Equal, [false], "2" },
        { "TYPE_ID", FilterOp.In, ["SALE", "GOODS"], "1" },
        { FieldCodes.Comments, FilterOp.Equal, ["it's \"quoted\" \\ here"], "3" },
        { FieldCodes.Comments, FilterOp.Contains, ["' or true --"], "" },
        { FieldCodes.Company, FilterOp.Empty, [], "1,2,3" },
        { FieldCodes.Stage, FilterOp.Equal, ["NEW"], "1,2,3" },
        { FieldCodes.Semantics, FilterOp.Equal, ["P"], "1,2,3" },
        { FieldCodes.Pipeline, FilterOp.Equal, [0m], "1,2,3" },
        { FieldCodes.CreatedAt, FilterOp.Less, ["date:2020-01-01"], "" },
        { FieldCodes.Id, FilterOp.Greater, [1m], "2,3" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_operator_finds_what_it_says(string field, FilterOp op, object?[] operands, string expected)
    {
        var filter = FilterNode.Compare(field, op, operands.Select(Of));

        var page = await app.SendAsync(new ListItems(new(ItemTypeIds.Deal, filter) { WithCount = true }));

        Assert.Equal(expected, string.Join(",", page.Items.Select(i => i.Ref.Id)));
        Assert.Equal(page.Items.Count, page.Total);
    }

    [Fact]
    public async Task Trees_pages_and_orders_are_stable()
    {
        var filter = FilterNode.All(
            FilterNode.Any(FilterNode.Compare(FieldCodes.Amount, FilterOp.Greater, Value.Of(5m)), FilterNode.Compare(FieldCodes.Title, FilterOp.Equal, Value.Of("Лампы"))),
            FilterNode.Not(FilterNode.Compare("PROBABILITY", FilterOp.Equal, Value.Of(9m))));

        async Task<string> IdsAsync(ItemQuery query) => string.Join(",", (await app.SendAsync(new ListItems(query))).Items.Select(i => i.Ref.Id));

        Assert.Equal("1,3", await IdsAsync(new(ItemTypeIds.Deal, filter)));
        Assert.Equal("3,2,1", await IdsAsync(new(ItemTypeIds.Deal) { Order = [new("PROBABILITY")] }));
        Assert.Equal("1,2,3", await IdsAsync(new(ItemTypeIds.Deal) { Order = [new("PROBABILITY", Descending: true)] }));
        Assert.Equal("2", await IdsAsync(new(ItemTypeIds.Deal) { Offset = 1, Limit = 1 }));
        Assert.Equal("1", await IdsAsync(new(ItemTypeIds.Deal) { Order = [new(FieldCodes.Id, Descending: true)], AfterId = 2 }));
        Assert.True((await app.SendAsync(new ListItems(new(ItemTypeIds.Deal) { Limit = 2 }))).HasMore);
        Assert.Equal(2, await app.SendAsync(new CountItems(ItemTypeIds.Deal, filter)));
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_by_name()
    {
        async Task<(string, string?)> RefusedAsync(FilterNode filter)
        {
            var refusal = await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new ListItems(new(ItemTypeIds.Deal, filter))));
            return (refusal.Code, refusal.Field);
        }

        Assert.Equal(("field.unknown", "NOPE"), await RefusedAsync(FilterNode.Compare("NOPE", FilterOp.Equal, Value.Of(1m))));
        Assert.Equal(("filter.value", FieldCodes.Amount), await RefusedAsync(FilterNode.Compare(FieldCodes.Amount, FilterOp.Greater, Value.Of("many"))));
        Assert.Equal(("filter.value", FieldCodes.Id), await RefusedAsync(FilterNode.Compare(FieldCodes.Id, FilterOp.Equal, Value.Of(1.5m))));
        Assert.Equal(("filter.value", FieldCodes.Title), await RefusedAsync(FilterNode.Compare(FieldCodes.Title, FilterOp.Equal, Value.Of("a\0b"))));
        var deep = Enumerable.Range(0, 40).Aggregate(FilterNode.All(), (inner, _) => FilterNode.Not(inner));
        Assert.Equal("filter.size", (await RefusedAsync(deep)).Item1);
        Assert.Equal("type.unknown", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new ListItems(new(999))))).Code);
    }

    [Fact]
    public async Task Contact_points_are_found_whole_and_in_part()
    {
        await app.SendAsync(new AddItem(ItemTypeIds.Company, new Dictionary<string, Value>
        {
            [FieldCodes.Title] = Value.Of("Northwind"),
            [FieldCodes.Phone] = Value.Of([Value.Of("+49 (30) 123-45"), Value.Of("555")]),
            [FieldCodes.Email] = Value.Of([Value.Of("Info@Northwind.example")]),
        }));

        Task<long> CountAsync(string field, FilterOp op, params Value[] operands) => app.SendAsync(new CountItems(ItemTypeIds.Company, FilterNode.Compare(field, op, operands)));

        Assert.Equal(1, await CountAsync(FieldCodes.Phone, FilterOp.Equal, Value.Of("555")));
        Assert.Equal(0, await CountAsync(FieldCodes.Phone, FilterOp.Equal, Value.Of("55")));
        Assert.Equal(1, await CountAsync(FieldCodes.Phone, FilterOp.In, Value.Of("1"), Value.Of("555")));
        Assert.Equal(1, await CountAsync(FieldCodes.Email, FilterOp.Contains, Value.Of("northwind")));
        Assert.Equal(1, await CountAsync(FieldCodes.Web, FilterOp.Empty));
        Assert.Equal(0, await CountAsync(FieldCodes.Phone, FilterOp.NotEqual, Value.Of("555")));
    }

    [Fact]
    public async Task Rights_in_SQL_and_in_memory_are_one_rule()
    {
        var random = new Random(11);
        await app.ExecuteAsync($"""
            insert into item (type_id, id, version, title, pipeline_id, stage_id, semantics, responsible_id, opened, created_at, created_by, updated_at, updated_by, data)
            select 1, n, 1, 'Lead ' || n, 0, 'NEW', 'P', (n * 7919 + {random.Next(9)}) % 4, n % 3 = 0, now(), (n * 104729) % 5, now(), 1,
              case n % 7 when 0 then jsonb_build_object('OBSERVERS', array[98, 99]) when 1 then jsonb_build_object('OBSERVERS', array[]::int[]) when 2 then jsonb_build_object('OBSERVERS', array[2]) else jsonb_build_object() end
            from generate_series(1, 300) n
            """);
        var reader = app.Services.GetRequiredService<IItemReader>();
        var everything = await reader.ListAsync(new(ItemTypeIds.Lead) { Limit = 400 }, ItemScope.All, CancellationToken.None);
        Assert.Equal(300, everything.Items.Count);

        foreach (var scope in (ItemScope[])[ItemScope.All, new(true, null, true), new(false, 1, true), new(false, 2, false), new(false, 99, false), new(false, 99, true), new(false, 2, false) { WatchedToo = true }, new(false, 99, true) { WatchedToo = true }])
        {
            var page = await reader.ListAsync(new(ItemTypeIds.Lead) { Limit = 400 }, scope, CancellationToken.None);
            Assert.Equal(everything.Items.Where(scope.Covers).Select(i => i.Ref), page.Items.Select(i => i.Ref));
            Assert.Equal(page.Items.Count, await reader.CountAsync(ItemTypeIds.Lead, null, scope, CancellationToken.None));
            var titles = await reader.FindTitlesAsync([.. everything.Items.Select(i => i.Ref)], _ => scope, CancellationToken.None);
            Assert.Equal(page.Items.Count, titles.Count);
        }
    }

    private static Value Of(object? operand) => operand switch
    {
        null => Value.Null,
        bool flag => Value.Of(flag),
        decimal number => Value.Of(number),
        string text when text.StartsWith("date:", StringComparison.Ordinal) => Value.Of(DateOnly.Parse(text[5..])),
        _ => Value.Of((string)operand),
    };

    /// <summary>Deals 1 to 3, which no test changes.</summary>
    public sealed class ThreeDeals : IAsyncLifetime
    {
        public AppFixture App { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            App = await AppFixture.StartAsync();
            await AddAsync("Chairs", 10, new() { [FieldCodes.BeginDate] = Value.Of(new DateOnly(2026, 1, 5)), ["PROBABILITY"] = Value.Of(40m), ["TYPE_ID"] = Value.Of("SALE") });
            await AddAsync("Tables_50%", 20, new() { [FieldCodes.BeginDate] = Value.Of(new DateOnly(2026, 2, 5)), ["PROBABILITY"] = Value.Of(9m), [FieldCodes.Opened] = Value.False });
            await AddAsync("Лампы", 0, new() { [FieldCodes.Comments] = Value.Of("it's \"quoted\" \\ here") });
        }

        public Task DisposeAsync() => App.DisposeAsync().AsTask();

        private Task<long> AddAsync(string title, decimal amount, Dictionary<string, Value> values)
        {
            values[FieldCodes.Title] = Value.Of(title);
            values[FieldCodes.Amount] = Value.Of(amount);
            return App.SendAsync(new AddItem(ItemTypeIds.Deal, values));
        }
    }
}
