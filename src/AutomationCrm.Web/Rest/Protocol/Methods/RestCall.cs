using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>A call before it is bound to a method: single or one command of a batch.</summary>
internal sealed record RestRequest(string Method, RestMap Parameters, WebhookIdentity Caller)
{
    /// <summary>The client's id for safe retries (X-Command-Id); commands of a batch get ids derived from it.</summary>
    public Guid? CommandId { get; init; }

    public bool InBatch { get; init; }

    /// <summary>The chain of causes the client says the request belongs to, as it was sent; commands of a batch belong to the batch's.</summary>
    public string? Chain { get; init; }
}

/// <summary>What a handler sees of one call. <see cref="Services"/> is a scope of this call alone.</summary>
internal sealed record RestCall(RestMethod Method, RestArguments Arguments, WebhookIdentity Caller, Guid? CommandId, RestFormat Format, IServiceProvider Services, RestDispatcher Dispatcher)
{
    public string? Chain { get; init; }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();
}
