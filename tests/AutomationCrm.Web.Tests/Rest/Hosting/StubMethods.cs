using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Query;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Tests.Rest.Hosting;

/// <summary>Methods of each family over <see cref="StubRows"/>, shaped like the real ones.</summary>
internal static class StubMethods
{
    private static readonly RestParameter[] ListOf = [May("select", RestShape.ListOf(RestShape.Text)), May("filter", RestShape.Map), May("order", RestShape.Map)];
    private static readonly RestParameter Fields = Need("fields", RestShape.Map.Like(RestValue.Map(("TITLE", "New deal"))));
    private static readonly RestParameter Id = Need("id", RestShape.Id);
    private static readonly RestParameter Type = Need("entityTypeId", RestShape.Whole.Like(2));

    public static IEnumerable<RestMethod> All =>
    [
        Classic("crm.deal.fields", [], RestShape.Map, c => FieldDescriptions.Write(StubFields.Classic)),
        Classic("crm.deal.get", [Id], RestShape.Map, c => Row(c, StubFields.Classic, StubFields.All)),
        Classic("crm.deal.add", [Fields], RestShape.Id, c => Rows(c).Add(Read(c, StubFields.Classic, isNew: true))) with { ReadOnly = false },
        Classic("crm.deal.update", [Id, Fields], RestShape.Flag, c => Rows(c).Update(c.Arguments.Id("id"), Read(c, StubFields.Classic, isNew: false)) ? true : throw NotFound(c)) with { ReadOnly = false },
        Classic("crm.deal.delete", [Id], RestShape.Flag, c => Rows(c).Remove(c.Arguments.Id("id")) ? true : throw NotFound(c)) with { ReadOnly = false },
        Paged("crm.deal.list", RestStyle.Classic, ListOf, RestShape.ListOf(RestShape.Map), StubFields.Classic, rows => rows),
        Controller("crm.item.get", [Type, Id], c => RestValue.Map(("item", Row(c, StubFields.Item, StubFields.All)))),
        Controller("crm.item.add", [Type, Fields], c => RestValue.Map(("item", RestValue.Map(("id", Rows(c).Add(Read(c, StubFields.Item, isNew: true))))))) with { ReadOnly = false },
        Controller("crm.item.delete", [Type, Id], c => Rows(c).Remove(c.Arguments.Id("id")) ? new RestMap() : throw NotFound(c)) with { ReadOnly = false },
        Paged("crm.item.list", RestStyle.Controller, [Type, .. ListOf], RestShape.Object(new RestParameter("items", RestShape.ListOf(RestShape.Map))), StubFields.Item, rows => RestValue.Map(("items", rows))),
        new("automation.stub.set", "automation", RestRight.Administrator, RestStyle.Own,
            [Need("stageId", RestShape.Text), Need("robots", RestShape.ListOf(RestShape.Object(Need("type", RestShape.Text), May("enabled", RestShape.Flag), May("settings", RestShape.Map))))],
            RestShape.Whole, (c, _) => Answer(c.Arguments.List("robots").Count)),
        new("user.current", "user", RestRight.Member, RestStyle.Classic, [], RestShape.Map, (c, _) => Answer(RestValue.Map(("ID", $"{c.Caller.UserId}"), ("ACTIVE", true)))) { ReadOnly = true },
        new("profile", Scope: null, RestRight.Member, RestStyle.Classic, [], RestShape.Map,
            (c, _) => Answer(RestValue.Map(("ID", $"{c.Caller.UserId}"), ("ADMIN", true), ("NAME", "Anna"), ("LAST_NAME", "Admin"), ("PERSONAL_GENDER", ""), ("TIME_ZONE", "")))) { ReadOnly = true },
        new("stub.echo", Scope: null, RestRight.Member, RestStyle.Controller, [], RestShape.Any, (c, _) => Answer(c.Arguments.All)),
        new("stub.nothing", Scope: null, RestRight.Member, RestStyle.Controller, [], RestShape.Any, (_, _) => Answer(RestValue.Null)),
        new("stub.command", Scope: null, RestRight.Member, RestStyle.Controller, [], RestShape.Any, (c, _) => Answer(c.CommandId?.ToString())),
        new("stub.crash", Scope: null, RestRight.Member, RestStyle.Controller, [], RestShape.Any, (_, _) => throw new InvalidOperationException("inner secret")),
        new("stub.hang", Scope: null, RestRight.Member, RestStyle.Controller, [], RestShape.Any, async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return RestValue.Null;
        }),
    ];

    private static Task<RestResult> Answer(RestValue value) => Task.FromResult(RestResult.Of(value));

    private static RestMethod Classic(string name, RestParameter[] parameters, RestShape result, Func<RestCall, RestValue> answer) =>
        new(name, "crm", RestRight.Member, RestStyle.Classic, parameters, result, (c, _) => Answer(answer(c))) { ReadOnly = true };

    private static RestMethod Controller(string name, RestParameter[] parameters, Func<RestCall, RestValue> answer) =>
        new(name, "crm", RestRight.Member, RestStyle.Controller, parameters, RestShape.Any, (c, _) => Answer(answer(c))) { ReadOnly = true };

    private static RestMethod Paged(string name, RestStyle style, RestParameter[] parameters, RestShape result, RestFieldSet set, Func<RestList, RestValue> wrap) =>
        new(name, "crm", RestRight.Member, style, parameters, result, (c, _) =>
        {
            var page = c.Arguments.Page();
            var filter = new FilterParser(set, new RestValueReader(c.Format)).Parse(c.Arguments.Find("filter"));
            var order = OrderParser.Parse(c.Arguments.Find("order"), set, "id");
            var selection = SelectParser.Parse(c.Arguments.Find("select"), set, "id");
            var (rows, total) = Rows(c).Query(filter, order.Any(o => o is { Field: "id", Descending: true }), page);
            var writer = new ValueWriter(set.Dialect, c.Format);
            var written = RestValue.List(rows.Select(r => writer.Row(set, selection.Fields, f => r.GetValueOrDefault(f.Code) ?? Value.Null)));
            return Task.FromResult(RestResult.PageOf(wrap(written), page, total));
        })
        { ReadOnly = true, Paged = true };

    private static RestMap Row(RestCall call, RestFieldSet set, IEnumerable<IRestField> fields)
    {
        var row = Rows(call).Find(call.Arguments.Id("id")) ?? throw NotFound(call);
        return new ValueWriter(set.Dialect, call.Format).Row(set, fields, f => row.GetValueOrDefault(f.Code) ?? Value.Null);
    }

    private static IReadOnlyDictionary<string, Value> Read(RestCall call, RestFieldSet set, bool isNew) =>
        new FieldsReader(set, new RestValueReader(call.Format)).Read(call.Arguments.Map("fields"), call.Method, isNew).Values;

    private static RestException NotFound(RestCall call) => new(RestErrors.NotFound(call.Method));

    private static StubRows Rows(RestCall call) => call.Get<StubRows>();
}
