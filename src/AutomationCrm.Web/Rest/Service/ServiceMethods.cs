using AutomationCrm.Web.Rest.Protocol.Batch;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Service;

/// <summary>Methods about the server itself; clients start with them.</summary>
internal static class ServiceMethods
{
    private static readonly RestShape Names = RestShape.ListOf(RestShape.Text.Like("crm"));

    public static IEnumerable<RestMethod> All =>
    [
        BatchMethod.Create(),
        Service("server.time", [], RestShape.Instant, ServerTime) with { About = "The time of the server." },
        Service("scope", [RestParameter.May("full", RestShape.Flag)], Names, Scope) with { About = "The scopes of this webhook; with full all scopes of the server." },
        Service("methods", [RestParameter.May("full", RestShape.Flag), RestParameter.May("scope", RestShape.Text.Like("crm"))], RestShape.ListOf(RestShape.Text.Like("crm.deal.add")), Methods)
            with { About = "The methods this webhook may call; with full all methods of the server." },
        Service("method.get", [RestParameter.Need("name", RestShape.Text.Like("crm.deal.add"))], RestShape.Object(new("isExisting", RestShape.Flag), new("isAvailable", RestShape.Flag)), MethodGet)
            with { About = "Whether a method exists and this webhook may call it." },
    ];

    private static RestMethod Service(string name, IReadOnlyList<RestParameter> parameters, RestShape result, Func<RestCall, RestValue> answer) =>
        new(name, Scope: null, RestRight.Member, RestStyle.Controller, parameters, result, (call, _) => Task.FromResult(RestResult.Of(answer(call)))) { ReadOnly = true };

    private static RestValue ServerTime(RestCall call) => call.Format.Instant(call.Get<TimeProvider>().GetUtcNow());

    private static RestValue Scope(RestCall call) =>
        Texts(call.Arguments.Flag("full") == true ? call.Dispatcher.Table.Scopes : call.Caller.Scopes.Order(StringComparer.Ordinal));

    private static RestValue Methods(RestCall call)
    {
        var methods = call.Dispatcher.Table.Methods.AsEnumerable();
        if (call.Arguments.Flag("full") != true) methods = methods.Where(m => IsAvailable(m, call.Caller));
        if (call.Arguments.Text("scope") is { } scope) methods = methods.Where(m => m.Scope == scope);
        return Texts(methods.Select(m => m.Name));
    }

    private static RestValue MethodGet(RestCall call)
    {
        var method = call.Dispatcher.Table.Find(call.Arguments.Text("name") ?? "");
        return RestValue.Map(("isExisting", method is not null), ("isAvailable", method is not null && IsAvailable(method, call.Caller)));
    }

    private static bool IsAvailable(RestMethod method, WebhookIdentity caller) =>
        (method.Scope is null || caller.Scopes.Contains(method.Scope)) && (method.Right == RestRight.Member || caller.IsAdministrator);

    private static RestValue Texts(IEnumerable<string> texts) => RestValue.List(texts.Select(RestValue.Of));
}
