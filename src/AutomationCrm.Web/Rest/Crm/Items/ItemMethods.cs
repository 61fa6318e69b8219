using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Crm.Items;

/// <summary>crm.item.*: items of every type under one set of methods.</summary>
internal static class ItemMethods
{
    private static readonly RestParameter Type = Need("entityTypeId", RestShape.Whole.Like(2), "1 lead, 2 deal, 3 contact, 4 company, 7 quote, 31 invoice.");
    private static readonly RestParameter Id = Need("id", RestShape.Id);
    private static readonly RestParameter Fields = Need("fields", RestShape.Map.Like(RestValue.Map(("title", "New deal"), ("opportunity", 1000))), "Values by the names of crm.item.fields.");
    private static readonly RestParameter Names = May("useOriginalUfNames", RestShape.Flag, "Whether custom fields keep their original names.");
    private static readonly RestShape One = RestShape.Object(new RestParameter("item", RestShape.Map));

    public static IEnumerable<RestMethod> All =>
    [
        Read("crm.item.fields", [Type, Names], RestShape.Object(new RestParameter("fields", RestShape.Map)), Describe) with { About = "The fields of an item type." },
        Read("crm.item.list", [Type, .. ListParameters.All, Names], RestShape.Object(new RestParameter("items", RestShape.ListOf(RestShape.Map))), ListAsync)
            with { About = "Items of a type, 50 a page.", Paged = true },
        Read("crm.item.get", [Type, Id, Names], One, GetAsync) with { About = "One item with its phones and e-mails." },
        Write("crm.item.add", [Type, Fields, Names], One, AddAsync) with { About = "Adds an item and answers it. Robots of its stage start afterwards." },
        Write("crm.item.update", [Type, Id, Fields, Names], One, UpdateAsync) with { About = "Changes fields of an item, its stage and category among them, and answers it. Without a change nothing happens." },
        Write("crm.item.delete", [Type, Id], RestShape.ListOf(RestShape.Any), DeleteAsync) with { About = "Deletes an item." },
    ];

    private static RestMethod Read(string name, IReadOnlyList<RestParameter> parameters, RestShape result, RestHandler handler) =>
        new(name, "crm", RestRight.Member, RestStyle.Controller, parameters, result, handler) { ReadOnly = true };

    private static RestMethod Write(string name, IReadOnlyList<RestParameter> parameters, RestShape result, RestHandler handler) =>
        new(name, "crm", RestRight.Member, RestStyle.Controller, parameters, result, handler);

    private static Task<RestResult> Describe(RestCall call, CancellationToken ct) =>
        Task.FromResult(RestResult.Of(RestValue.Map(("fields", Open(call).Rows.Describe()))));

    private static async Task<RestResult> ListAsync(RestCall call, CancellationToken ct)
    {
        var (rows, page, total) = await Open(call).ListAsync(ct);
        return RestResult.PageOf(RestValue.Map(("items", rows)), page, total);
    }

    private static async Task<RestResult> GetAsync(RestCall call, CancellationToken ct)
    {
        var items = Open(call);
        return Answer(items, await items.GetAsync(ct));
    }

    private static async Task<RestResult> AddAsync(RestCall call, CancellationToken ct)
    {
        var items = Open(call);
        return Answer(items, await items.GetAsync(await items.AddAsync(ct), ct));
    }

    private static async Task<RestResult> UpdateAsync(RestCall call, CancellationToken ct)
    {
        var items = Open(call);
        await items.UpdateAsync(ct);
        return Answer(items, await items.GetAsync(ct));
    }

    private static async Task<RestResult> DeleteAsync(RestCall call, CancellationToken ct)
    {
        await Open(call).DeleteAsync(ct);
        return new RestMap();
    }

    private static RestResult Answer(ItemCall items, Domain.Crm.Item item) => RestValue.Map(("item", items.Rows.Write(item)));

    private static ItemCall Open(RestCall call)
    {
        var type = ItemTypeArgument.Require(call);
        return new ItemCall(call, type, call.Arguments.Flag("useOriginalUfNames") == true ? RestDialect.ItemOriginalNames : RestDialect.Item);
    }
}
