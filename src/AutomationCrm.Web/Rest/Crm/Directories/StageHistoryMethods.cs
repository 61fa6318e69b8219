using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Binding;
using AutomationCrm.Web.Rest.Crm.Items;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Query;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Crm.Directories;

/// <summary>crm.stagehistory.list: how items came from stage to stage.</summary>
internal static class StageHistoryMethods
{
    private const string Id = "ID";
    private static readonly RestFieldSet Rows = Named("STAGE_ID", "STAGE_SEMANTIC_ID");
    private static readonly RestFieldSet LeadRows = Named("STATUS_ID", "STATUS_SEMANTIC_ID");

    public static IEnumerable<RestMethod> All =>
    [
        new("crm.stagehistory.list", "crm", RestRight.Member, RestStyle.Controller,
            [Need("entityTypeId", RestShape.Whole.Like(2)), .. ListParameters.All],
            RestShape.Object(new RestParameter("items", RestShape.ListOf(RestShape.Map))),
            ListAsync) { ReadOnly = true, Paged = true, About = "When items came onto a stage. TYPE_ID: 1 added, 2 moved, 3 moved to a final stage, 5 category changed." },
    ];

    private static async Task<RestResult> ListAsync(RestCall call, CancellationToken ct)
    {
        var type = ItemTypeArgument.Require(call);
        if (!type.HasStages) throw ItemTypeArgument.NotSupported();
        var (arguments, set, page) = (call.Arguments, type.Id == ItemTypeIds.Lead ? LeadRows : Rows, call.Arguments.Page());
        var selection = SelectParser.Parse(arguments.Find("select"), set, Id);
        var found = await call.Get<ISender>().Send(
            new ListStageHistory(type.Id, FilterNodes.Of(new FilterParser(set, new RestValueReader(call.Format)).Parse(arguments.Find("filter"))))
            {
                Order = [.. OrderParser.Parse(arguments.Find("order"), set, Id).Select(o => new ItemOrder(o.Field, o.Descending))],
                Offset = page.Offset,
                WithCount = page.Counted,
            },
            ct);
        var writer = new ValueWriter(RestDialect.Classic, call.Format);
        var rows = RestValue.List(found.Entries.Select(entry => writer.Row(set, selection.Fields, f => Read(entry, f.Code))));
        return RestResult.PageOf(RestValue.Map(("items", rows)), page, (int)(found.Total ?? 0));
    }

    // The codes are those of the use case; a lead calls its stage a status.
    private static RestFieldSet Named(string stage, string semantics) => new(
    [
        new RestField(Id, Id, RestFieldKind.Whole, "integer"),
        new RestField("TYPE_ID", "TYPE_ID", RestFieldKind.Whole, "integer"),
        new RestField("OWNER_ID", "OWNER_ID", RestFieldKind.Whole, "integer"),
        new RestField("CREATED_TIME", "CREATED_TIME", RestFieldKind.Instant, "datetime"),
        new RestField("CATEGORY_ID", "CATEGORY_ID", RestFieldKind.Whole, "integer"),
        new RestField("STAGE_SEMANTIC_ID", semantics, RestFieldKind.Code, "string"),
        new RestField("STAGE_ID", stage, RestFieldKind.Code, "string"),
    ],
    RestDialect.Classic);

    private static Value Read(StageHistoryEntry entry, string code) => code switch
    {
        "ID" => Value.Of((decimal)entry.Id),
        "TYPE_ID" => Value.Of((decimal)entry.Kind),
        "OWNER_ID" => Value.Of((decimal)entry.ItemId),
        "CREATED_TIME" => Value.Of(entry.At),
        "CATEGORY_ID" => Value.Of((decimal)entry.PipelineId),
        "STAGE_ID" => Value.Of(entry.StageId),
        _ => Value.Of(entry.Semantics.ToString()),
    };
}
