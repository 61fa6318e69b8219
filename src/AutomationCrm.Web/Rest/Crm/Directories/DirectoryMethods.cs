using AutomationCrm.Application.Portal;
using AutomationCrm.Web.Rest.Binding;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Query;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Crm.Directories;

/// <summary>crm.status.*: directories, with the stages of each pipeline as one of them. Never cut into pages.</summary>
internal static class DirectoryMethods
{
    public static IEnumerable<RestMethod> All =>
    [
        Method("crm.status.list", [May("filter", RestShape.Map.Like(RestValue.Map(("ENTITY_ID", "DEAL_STAGE")))), May("order", RestShape.Map.Like(RestValue.Map(("SORT", "ASC"))))], RestShape.ListOf(RestShape.Map), ListAsync)
            with { About = "Entries of directories: stages, sources, types." },
        Method("crm.status.fields", [], RestShape.Map, (_, _) => Task.FromResult(RestResult.Of(FieldDescriptions.Write(StatusRow.Fields))))
            with { About = "The fields of an entry of a directory." },
    ];

    private static RestMethod Method(string name, IReadOnlyList<RestParameter> parameters, RestShape result, RestHandler handler) =>
        new(name, "crm", RestRight.Member, RestStyle.Classic, parameters, result, handler) { ReadOnly = true };

    private static async Task<RestResult> ListAsync(RestCall call, CancellationToken ct)
    {
        var filter = new FilterParser(StatusRow.Fields, new RestValueReader(call.Format)).Parse(call.Arguments.Find("filter"));
        var order = call.Arguments.Has("order") ? OrderParser.Parse(call.Arguments.Find("order"), StatusRow.Fields, "ID") : [];
        var portal = await call.Get<IPortal>().FreshAsync(ct);
        var rows = StatusRows.Of(portal).Where(row => RowFilter.Matches(filter, code => row[code])).Order(new RowOrder<StatusRow>(order, (row, code) => row[code])).ToList();
        return new RestResult(RestValue.List(rows.Select(r => r.Write(call.Format))), Total: rows.Count);
    }
}
