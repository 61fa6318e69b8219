using AutomationCrm.Application.Common.Errors;
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

namespace AutomationCrm.Web.Rest.Crm.Timeline;

/// <summary>crm.timeline.comment.*: comments on items (reference bitrix-rest 2.9).</summary>
internal static class CommentMethods
{
    private const string Id = "ID";

    private static readonly RestFieldSet Rows = new(
    [
        new RestField(Id, Id, RestFieldKind.Whole, "integer") { ReadOnly = true },
        new RestField("ENTITY_ID", "ENTITY_ID", RestFieldKind.Whole, "integer") { Required = true, Immutable = true },
        new RestField("ENTITY_TYPE", "ENTITY_TYPE", RestFieldKind.Text, "string") { Required = true, Immutable = true },
        new RestField("CREATED", "CREATED", RestFieldKind.Instant, "datetime") { ReadOnly = true },
        new RestField("COMMENT", "COMMENT", RestFieldKind.Text, "string") { Required = true },
        new RestField("AUTHOR_ID", "AUTHOR_ID", RestFieldKind.User, "user") { ReadOnly = true },
    ],
    RestDialect.Classic);

    private static readonly RestShape Example = RestShape.Map.Like(RestValue.Map(("ENTITY_ID", 5), ("ENTITY_TYPE", "deal"), ("COMMENT", "Called back")));

    public static IEnumerable<RestMethod> All =>
    [
        new("crm.timeline.comment.fields", "crm", RestRight.Member, RestStyle.Classic, [], RestShape.Map, (_, _) => Task.FromResult(RestResult.Of(FieldDescriptions.Write(Rows)))) { ReadOnly = true, About = "The fields of a comment." },
        new("crm.timeline.comment.add", "crm", RestRight.Member, RestStyle.Controller, [Need("fields", Example, "ENTITY_ID, ENTITY_TYPE (lead, deal, contact, company, quote, smart_invoice) and COMMENT; the webhook's owner is the author.")], RestShape.Id, AddAsync)
            { About = "Adds a comment to an item and answers its id." },
        new("crm.timeline.comment.get", "crm", RestRight.Member, RestStyle.Classic, [Need("id", RestShape.Id)], RestShape.Map, GetAsync) { ReadOnly = true, About = "One comment." },
        new("crm.timeline.comment.list", "crm", RestRight.Member, RestStyle.Classic, [Need("filter", RestShape.Map.Like(RestValue.Map(("ENTITY_ID", 5), ("ENTITY_TYPE", "deal")))), ListParameters.All[0], ListParameters.All[2]], RestShape.ListOf(RestShape.Map), ListAsync)
            { ReadOnly = true, Paged = true, About = "The comments of an item." },
    ];

    private static async Task<RestResult> AddAsync(RestCall call, CancellationToken ct)
    {
        var fields = call.Arguments.Map("fields");
        if (Entry(fields, "FILES") is { IsEmpty: false }) throw Refused(RestErrors.InvalidArgument, "Files of comments are not supported; put them on the item.", "FILES");
        if (Owner(call, fields) is not { } owner) throw Refused("OWNER_NOT_FOUND", "Element not found", "ENTITY_ID");
        if (Entry(fields, "COMMENT")?.Text is not { Length: > 0 } text) throw Refused(RestErrors.InvalidArgument, "Empty comment message", "COMMENT");
        try
        {
            return RestValue.Of(await call.Get<ISender>().Send(new AddComment(owner, text), ct));
        }
        catch (NotFoundException)
        {
            throw Refused("OWNER_NOT_FOUND", "Element not found", "ENTITY_ID");
        }
    }

    private static async Task<RestResult> GetAsync(RestCall call, CancellationToken ct)
    {
        var comment = await call.Get<ISender>().Send(new GetComment(call.Arguments.Id("id")), ct);
        return new ValueWriter(RestDialect.Classic, call.Format).Row(Rows, Rows.Fields, f => Read(call, comment, f.Code));
    }

    private static async Task<RestResult> ListAsync(RestCall call, CancellationToken ct)
    {
        var (arguments, page, filter) = (call.Arguments, call.Arguments.Page(), call.Arguments.Map("filter"));
        if (Owner(call, filter) is not { } owner) throw Refused("", "ENTITY_ID and ENTITY_TYPE are needed in the filter.", "filter");
        var others = RestValue.Map(filter.Entries.Where(e => !IsOwner(e.Key)).Select(e => (e.Key, e.Value)));
        var found = await call.Get<ISender>().Send(new ListComments(owner)
        {
            Filter = FilterNodes.Of(new FilterParser(Rows, new RestValueReader(call.Format)).Parse(others)),
            Order = [.. OrderParser.Parse(arguments.Find("order"), Rows, Id).Select(o => new ItemOrder(o.Field, o.Descending))],
            Offset = page.Offset,
        }, ct);
        var (writer, selected) = (new ValueWriter(RestDialect.Classic, call.Format), SelectParser.Parse(arguments.Find("select"), Rows, Id).Fields);
        return RestResult.PageOf(RestValue.List(found.Comments.Select(c => (RestValue)writer.Row(Rows, selected, f => Read(call, c, f.Code)))), page, (int)found.Total);
    }

    private static ItemRef? Owner(RestCall call, RestValue map) => OwnerArgument.ByName(call, (Entry(map, "ENTITY_TYPE") ?? Entry(map, "=ENTITY_TYPE"))?.Text, Entry(map, "ENTITY_ID") ?? Entry(map, "=ENTITY_ID"));

    private static bool IsOwner(string key) => key.TrimStart('=').ToUpperInvariant() is "ENTITY_ID" or "ENTITY_TYPE";

    private static RestValue? Entry(RestValue map, string name) => map.Entries.FirstOrDefault(e => e.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static Value Read(RestCall call, Comment comment, string code) => code switch
    {
        Id => Value.Of((decimal)comment.Id),
        "ENTITY_ID" => Value.Of((decimal)comment.ItemId),
        "ENTITY_TYPE" => Value.Of(OwnerArgument.NameOf(call, comment.TypeId)),
        "CREATED" => Value.Of(comment.At),
        "COMMENT" => Value.Of(comment.Text),
        _ => new UserValue(comment.AuthorId),
    };

    private static RestException Refused(string code, string text, string argument) => new(new RestError(400, code, text, argument));
}
