using System.Net;
using AutomationCrm.Web.Rest.Protocol.Batch;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Reading;
using AutomationCrm.Web.Rest.Protocol.Tree;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Web.Rest.Protocol.Http;

/// <summary>The one endpoint under /rest: address, sign-in, parameters, dispatch, answer. Every answer is an envelope, none a redirect.</summary>
internal sealed class RestEndpoint(RestSignIn signIn, RestDispatcher dispatcher, RestTimer timer, RateLimiter rate, RestResponder responder, IOptions<RestOptions> options)
{
    public const string CommandIdHeader = "X-Command-Id";
    public const string ChainHeader = "X-AutomationCrm-Chain";

    public async Task HandleAsync(HttpContext context)
    {
        var secrets = context.Features.Get<RestSecrets>() ?? new RestSecrets(RestAddress.Parse(context.Request.Path.Value ?? ""), QueryToken: null);
        var watch = timer.Start();
        try
        {
            await responder.WriteAsync(context, secrets.Address, await AnswerAsync(context, secrets));
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            await responder.WriteAsync(context, secrets.Address, e, watch);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: nobody to answer.
        }
    }

    private async Task<RestOutcome> AnswerAsync(HttpContext context, RestSecrets secrets)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsPost(request.Method)) throw new RestException(RestErrors.VerbNotAllowed);
        var credential = RestSignIn.FromHead(context, secrets);
        // A known credential is checked before a byte of the body is read.
        var caller = credential is null ? null : await signIn.RequireAsync(context, credential, context.RequestAborted);
        var parameters = await ReadAsync(request, secrets.Address.Method, context.RequestAborted);
        var token = RestSignIn.TakeToken(parameters);
        caller ??= await signIn.RequireAsync(context, RestSignIn.FromBody(token), context.RequestAborted);
        if (!rate.TryTake(caller.WebhookId, (context.Connection.RemoteIpAddress ?? IPAddress.None).ToString(), Cost(secrets.Address.Method, parameters)))
            throw new RestException(RestErrors.TooManyRequests);
        return await dispatcher.InvokeAsync(new RestRequest(secrets.Address.Method, parameters, caller) { CommandId = CommandId(request), Chain = request.Headers[ChainHeader] }, context.RequestAborted);
    }

    private Task<RestMap> ReadAsync(HttpRequest request, string method, CancellationToken ct)
    {
        var limits = options.Value.Limits;
        return RestRequestReader.ReadAsync(request, IsBatch(method) ? limits.BatchBodyBytes : limits.BodyBytes, limits, ct);
    }

    private int Cost(string method, RestMap parameters) =>
        rate.CountsCommands && IsBatch(method) ? Math.Clamp(parameters.FindAnyCase("cmd")?.Entries.Count() ?? 1, 1, BatchMethod.MaxCommands) : 1;

    private static bool IsBatch(string method) => method.Equals(BatchMethod.Name, StringComparison.OrdinalIgnoreCase);

    private static Guid? CommandId(HttpRequest request)
    {
        var text = request.Headers[CommandIdHeader].ToString();
        if (text.Length == 0) return null;
        return Guid.TryParse(text, out var id) && id != Guid.Empty
            ? id
            : throw new RestException(new RestError(400, RestErrors.InvalidArgument, $"The header {CommandIdHeader} must be a UUID.", CommandIdHeader));
    }
}
