using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>
/// Runs one call, single or from a batch: finds the method, checks scope and right, binds the parameters, runs the handler
/// in a service scope of its own and turns every failure into an error. It never throws except when the client is gone.
/// </summary>
internal sealed class RestDispatcher(RestMethodTable table, IServiceScopeFactory scopes, RestTimer timer, RestErrorTranslator errors)
{
    public RestMethodTable Table => table;

    public async Task<RestOutcome> InvokeAsync(RestRequest request, CancellationToken ct)
    {
        var watch = timer.Start();
        if (table.Find(request.Method) is not { } method) return Refused(watch, RestErrors.MethodNotFound);
        if (Refusal(method, request) is { } refusal) return Refused(watch, refusal);
        if (timer.IsOverBudget(request.Caller.WebhookId, method)) return Refused(watch, RestErrors.OperationTime);
        try
        {
            var result = await RunAsync(method, request, ct);
            return new RestOutcome(result, Error: null, watch.Stop(request.Caller.WebhookId, method));
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            return new RestOutcome(Result: null, errors.Translate(e, method), watch.Stop(request.Caller.WebhookId, method));
        }
    }

    private static RestError? Refusal(RestMethod method, RestRequest request)
    {
        if (request.InBatch && !method.AllowedInBatch) return RestErrors.NotInBatch;
        if (method.Scope is { } scope && !request.Caller.Scopes.Contains(scope)) return RestErrors.InsufficientScope;
        return method.Right == RestRight.Administrator && !request.Caller.IsAdministrator ? RestErrors.AccessDenied : null;
    }

    private static RestOutcome Refused(RestWatch watch, RestError error) => new(Result: null, error, watch.Stop());

    private async Task<RestResult> RunAsync(RestMethod method, RestRequest request, CancellationToken ct)
    {
        var arguments = RestArguments.Bind(method, request.Parameters);
        using var limit = timer.LimitCall(ct);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetService<IRestCallScope>()?.Begin(request, method);
        var call = new RestCall(method, arguments, request.Caller, request.CommandId, new RestFormat(timer.Zone), scope.ServiceProvider, this) { Chain = request.Chain };
        return await method.Handler(call, limit.Token);
    }
}
