using System.Globalization;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.global.*: variables and constants of the portal, for administrators.</summary>
internal static class GlobalMethods
{
    private static readonly RestParameter Code = Need("code", RestShape.Text.Like("QUARTER_GOAL"));

    private static readonly RestShape Use = RestShape.Object(new("entityTypeId", RestShape.Id), new("stageId", RestShape.Text), new("robotKey", RestShape.Text), new("robotName", RestShape.Text));

    private static readonly RestShape Change = RestShape.Object(
        new("version", RestShape.Whole), new("value", RestShape.Any.OrNull()), new("time", RestShape.Instant), new("by", RestShape.Whole, About: "0 is automation."), new("runId", RestShape.Id.OrNull()));

    private static readonly RestParameter[] Head =
    [
        new("code", RestShape.Text), new("name", RestShape.Text), new("constant", RestShape.Flag), new("kind", RestShape.Text.Like("Number")), new("multiple", RestShape.Flag), new("value", RestShape.Any.OrNull()),
        new("description", RestShape.Text), new("version", RestShape.Whole), new("updatedBy", RestShape.Whole), new("updatedTime", RestShape.Instant), new("usedBy", RestShape.ListOf(Use)),
    ];

    private static readonly RestShape View = RestShape.Object([.. Head, new("history", RestShape.ListOf(Change), About: "At most 50, newest first.")]);

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.global.list", "automation", RestRight.Administrator, RestStyle.Own, [], RestShape.Object(new RestParameter("values", RestShape.ListOf(RestShape.Object(Head)))), ListAsync) { ReadOnly = true, About = "The global values by name." },
        new("automation.global.get", "automation", RestRight.Administrator, RestStyle.Own, [Code], View, GetAsync) { ReadOnly = true, About = "A global value with its former values." },
        new("automation.global.set", "automation", RestRight.Administrator, RestStyle.Own,
            [
                Code, May("kind", RestShape.Text.Like("Number"), $"Adds a new one of this kind: {string.Join(", ", GlobalValue.Kinds)}. Without it the one that is there is changed."),
                May("name", RestShape.Text.Like("Goal of the quarter"), "Needed for a new one."), May("description", RestShape.Text), May("constant", RestShape.Flag, "Of a new one; it never changes."),
                May("multiple", RestShape.Flag, "Of a new one; it never changes."), May("value", RestShape.Any.OrNull(), "One value or a list of them; amounts as 300|EUR."), May("basedOn", RestShape.Whole, "The version seen; a newer value is a conflict."),
            ],
            View, SetAsync) { About = "Adds a global value (with kind) or changes one, and answers it." },
        new("automation.global.delete", "automation", RestRight.Administrator, RestStyle.Own, [Code], RestShape.Flag.Like(true), DeleteAsync) { About = "Removes a global value that no robot names." },
    ];

    private static async Task<RestResult> ListAsync(RestCall call, CancellationToken ct)
    {
        var found = await call.Get<ISender>().Send(new ListGlobalValues(), ct);
        return new RestResult(RestValue.Map(("values", RestValue.List(found.Select(f => RestValue.Map(Heading(f.Value, f.UsedBy, call.Format)))))), Total: found.Count);
    }

    private static async Task<RestResult> GetAsync(RestCall call, CancellationToken ct)
    {
        var view = await call.Get<ISender>().Send(new GetGlobalValue(CodeOf(call)), ct);
        return RestValue.Map(
        [
            .. Heading(view.Value, view.UsedBy, call.Format),
            ("history", RestValue.List(view.History.Select(h => RestValue.Map(
                ("version", h.Change.Version), ("value", Write(GlobalValue.Read(h.Change.Value))), ("time", call.Format.Instant(h.Change.At)), ("by", h.Change.ActorId), ("runId", h.Change.RunId is { } run ? RestValue.Of(run) : RestValue.Null))))),
        ]);
    }

    private static async Task<RestResult> SetAsync(RestCall call, CancellationToken ct)
    {
        if (call.Arguments.Has("kind")) await AddAsync(call, ct);
        else await ChangeAsync(call, ct);
        return await GetAsync(call, ct);
    }

    private static async Task AddAsync(RestCall call, CancellationToken ct)
    {
        var arguments = call.Arguments;
        if (GlobalValue.Kinds.Cast<FieldKind?>().FirstOrDefault(k => k.ToString() == arguments.Text("kind")) is not { } kind) throw Refused($"Parameter 'kind' must be one of {string.Join(", ", GlobalValue.Kinds)}.", "kind");
        await call.Get<ISender>().Send(new AddGlobalValue(CodeOf(call), arguments.Text("name") ?? "", kind)
        {
            IsConstant = arguments.Flag("constant") ?? false,
            Multiple = arguments.Flag("multiple") ?? false,
            Value = Read(arguments.Find("value")),
            Description = arguments.Text("description") ?? "",
        }, ct);
    }

    private static async Task ChangeAsync(RestCall call, CancellationToken ct)
    {
        var (sender, arguments, caller) = (call.Get<ISender>(), call.Arguments, call.Get<Caller>());
        if (arguments.Has("constant") || arguments.Has("multiple")) throw Refused("Whether a global value is a constant and holds several values never changes.", arguments.Has("constant") ? "constant" : "multiple");

        var now = (await sender.Send(new GetGlobalValue(CodeOf(call)), ct)).Value;
        var id = caller.CommandId;
        if (arguments.Has("name") || arguments.All.Find("description") is not null)
        {
            // Two commands need two ids; the value's comes last and keeps the client's.
            caller.CommandId = id is { } given ? CommandIds.Derive(given, "describe") : null;
            await sender.Send(new DescribeGlobalValue(now.Code, arguments.Text("name") ?? now.Name, arguments.All.Find("description")?.Text ?? now.Description), ct);
            caller.CommandId = id;
        }

        if (arguments.All.Find("value") is { } value)
            await sender.Send(new SetGlobalValue(now.Code, Read(value)) { SeenVersion = arguments.Whole("basedOn") }, ct);
    }

    private static async Task<RestResult> DeleteAsync(RestCall call, CancellationToken ct)
    {
        // A repeated command must come through although the value is gone; the use case knows its id.
        var (sender, code) = (call.Get<ISender>(), CodeOf(call));
        var stored = (await sender.Send(new ListGlobalValues(), ct)).FirstOrDefault(v => v.Value.Code.Equals(code, StringComparison.OrdinalIgnoreCase))?.Value.Code;
        await sender.Send(new DeleteGlobalValue(stored ?? code), ct);
        return RestValue.True;
    }

    private static IEnumerable<(string, RestValue)> Heading(GlobalValue value, IReadOnlyList<ValueUse> usedBy, RestFormat format) =>
    [
        ("code", value.Code), ("name", value.Name), ("constant", value.IsConstant), ("kind", value.Kind.ToString()), ("multiple", value.Multiple), ("value", Write(value.Current)), ("description", value.Description),
        ("version", value.Version), ("updatedBy", value.UpdatedBy), ("updatedTime", format.Instant(value.UpdatedAt)),
        ("usedBy", RestValue.List(usedBy.Select(u => RestValue.Map(("entityTypeId", u.Stage.TypeId), ("stageId", u.Stage.Id), ("robotKey", u.RobotKey), ("robotName", u.Robot))))),
    ];

    private static Value Read(RestValue? value) => value switch
    {
        null or RestNull => Value.Null,
        { IsContainer: true } list => Value.Of(list.Entries.Where(e => e.Value.Text is { Length: > 0 }).Select(e => One(e.Value))),
        _ => One(value),
    };

    private static Value One(RestValue value) => value switch
    {
        RestBool flag => Value.Of(flag.Flag),
        RestNumber number => Value.Of(number.Number),
        { Text: { Length: > 0 } text } => Value.Of(text),
        _ => Value.Null,
    };

    private static RestValue Write(Value value) => value switch
    {
        MoneyValue money => string.Create(CultureInfo.InvariantCulture, $"{money.Amount}|{money.Currency}"),
        ListValue list => RestValue.List(list.Items.Select(Write)),
        _ => RestJson.Of(ValueJson.ToNode(value)?.ToJsonString()),
    };

    private static string CodeOf(RestCall call) => call.Arguments.Text("code") ?? "";

    private static RestException Refused(string text, string argument) => new(new RestError(400, RestErrors.InvalidArgument, text, argument));
}
