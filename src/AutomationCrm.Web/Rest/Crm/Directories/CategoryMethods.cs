using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Rest.Crm.Items;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Crm.Directories;

/// <summary>crm.category.*: the pipelines of an item type.</summary>
internal static class CategoryMethods
{
    private static readonly RestParameter Type = Need("entityTypeId", RestShape.Whole.Like(2));

    private static readonly RestFieldSet Fields = new(
    [
        new RestField("ID", "ID", RestFieldKind.Whole, "integer") { ReadOnly = true },
        new RestField("NAME", "NAME", RestFieldKind.Text, "string") { Required = true },
        new RestField("SORT", "SORT", RestFieldKind.Whole, "integer"),
        new RestField("ENTITY_TYPE_ID", "ENTITY_TYPE_ID", RestFieldKind.Whole, "integer") { ReadOnly = true },
        new RestField("IS_DEFAULT", "IS_DEFAULT", RestFieldKind.Flag, "boolean"),
    ],
    RestDialect.Item);

    private static readonly RestShape Category = RestShape.Object(
        new("id", RestShape.Whole), new("name", RestShape.Text), new("sort", RestShape.Whole), new("entityTypeId", RestShape.Whole), new("isDefault", RestShape.Text.Like("Y")),
        new("originId", RestShape.Text.OrNull()), new("originatorId", RestShape.Text.OrNull()));

    public static IEnumerable<RestMethod> All =>
    [
        Method("crm.category.list", [Type], RestShape.Object(new RestParameter("categories", RestShape.ListOf(Category))), ListAsync) with { About = "The categories (pipelines) of an item type." },
        Method("crm.category.get", [Type, Need("id", RestShape.Whole)], RestShape.Object(new RestParameter("category", Category)), GetAsync) with { About = "One category." },
        Method("crm.category.fields", [Type], RestShape.Object(new RestParameter("fields", RestShape.Map)), Describe) with { About = "The fields of a category." },
    ];

    private static RestMethod Method(string name, IReadOnlyList<RestParameter> parameters, RestShape result, RestHandler handler) =>
        new(name, "crm", RestRight.Member, RestStyle.Controller, parameters, result, handler) { ReadOnly = true };

    private static Task<RestResult> Describe(RestCall call, CancellationToken ct)
    {
        _ = RequireType(call);
        return Task.FromResult(RestResult.Of(RestValue.Map(("fields", FieldDescriptions.Write(Fields)))));
    }

    private static async Task<RestResult> ListAsync(RestCall call, CancellationToken ct)
    {
        var pipelines = await ReadAsync(call, ct);
        return new RestResult(RestValue.Map(("categories", RestValue.List(pipelines.Select(Write)))), Total: pipelines.Count);
    }

    private static async Task<RestResult> GetAsync(RestCall call, CancellationToken ct)
    {
        var (id, pipelines) = (call.Arguments.Whole("id"), await ReadAsync(call, ct));
        return pipelines.FirstOrDefault(p => p.Id == id) is { } found
            ? RestValue.Map(("category", Write(found)))
            : throw new RestException(RestErrors.NotFound(call.Method, "Category not found"));
    }

    private static async Task<IReadOnlyList<Pipeline>> ReadAsync(RestCall call, CancellationToken ct)
    {
        var type = RequireType(call);
        var portal = await call.Get<IPortal>().FreshAsync(ct);
        // Contacts and companies have no stages, and one category that holds them all.
        return type.HasStages ? [.. portal.Pipelines.Where(p => p.TypeId == type.Id)] : [new Pipeline(type.Id, 0, "General", 10, IsDefault: true, [])];
    }

    private static ItemType RequireType(RestCall call)
    {
        var type = ItemTypeArgument.Require(call);
        return type.HasPipelines || !type.HasStages ? type : throw ItemTypeArgument.NotSupported();
    }

    private static RestMap Write(Pipeline pipeline)
    {
        var row = RestValue.Map(
            ("id", pipeline.Id), ("name", pipeline.Name), ("sort", pipeline.Sort), ("entityTypeId", pipeline.TypeId), ("isDefault", pipeline.IsDefault ? "Y" : "N"));
        // The first deal category was not made by anybody's application.
        if (pipeline is { TypeId: ItemTypeIds.Deal, Id: > 0 }) (row["originId"], row["originatorId"]) = (RestValue.Null, RestValue.Null);
        return row;
    }
}
