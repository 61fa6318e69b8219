using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Crm.Items;

/// <summary>crm.deal.*, crm.lead.*, crm.contact.*, crm.company.*, crm.quote.*: the same six methods for each type.</summary>
internal static class ClassicItemMethods
{
    private static readonly RestParameter Id = Need("id", RestShape.Id);
    private static readonly RestShape Fields = RestShape.Map.Like(RestValue.Map(("TITLE", "New")));
    private static readonly RestParameter Params = May("params", RestShape.Map, "Accepted for compatibility, without effect.");

    public static IEnumerable<RestMethod> All =>
    [
        .. Of(ItemType.Lead, "crm.lead", "lead"),
        .. Of(ItemType.Deal, "crm.deal", "deal"),
        .. Of(ItemType.Contact, "crm.contact", "contact"),
        .. Of(ItemType.Company, "crm.company", "company"),
        .. Of(ItemType.Quote, "crm.quote", "quote"),
    ];

    private static IEnumerable<RestMethod> Of(ItemType type, string prefix, string word)
    {
        RestMethod Method(string verb, string about, IReadOnlyList<RestParameter> parameters, RestShape result, Func<ItemCall, CancellationToken, Task<RestResult>> answer) =>
            new($"{prefix}.{verb}", "crm", RestRight.Member, RestStyle.Classic, parameters, result, (call, ct) => answer(new ItemCall(call, type, RestDialect.Classic), ct)) { About = about };

        yield return Method("fields", $"The fields of a {word}.", [], RestShape.Map, (items, _) => Task.FromResult(RestResult.Of(items.Rows.Describe()))) with { ReadOnly = true };
        yield return Method("list", $"Rows of the type {word}, 50 a page.", ListParameters.All, RestShape.ListOf(RestShape.Map), ListAsync) with { ReadOnly = true, Paged = true };
        yield return Method("get", $"One {word} with all its fields.", [Id], RestShape.Map, async (items, ct) => items.Rows.Write(await items.GetAsync(ct))) with { ReadOnly = true };
        yield return Method("add", $"Adds a {word} and answers its id.", [Need("fields", Fields), Params], RestShape.Id, async (items, ct) => RestValue.Of(await items.AddAsync(ct)));
        yield return Method("update", $"Changes fields of a {word}.", [Id, May("fields", Fields), Params], RestShape.Flag.Like(true), UpdateAsync);
        yield return Method("delete", $"Deletes a {word}.", [Id], RestShape.Flag.Like(true), DeleteAsync);
    }

    private static async Task<RestResult> ListAsync(ItemCall items, CancellationToken ct)
    {
        var (rows, page, total) = await items.ListAsync(ct);
        return RestResult.PageOf(rows, page, total);
    }

    private static async Task<RestResult> UpdateAsync(ItemCall items, CancellationToken ct)
    {
        await items.UpdateAsync(ct);
        return RestValue.True;
    }

    private static async Task<RestResult> DeleteAsync(ItemCall items, CancellationToken ct)
    {
        await items.DeleteAsync(ct);
        return RestValue.True;
    }
}
