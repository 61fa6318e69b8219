namespace AutomationCrm.Application.Common.Messaging;

// The names are MediatR's (decision 0003): swapping the package in is this folder and one registration.

/// <summary>A question or an order that one handler answers.</summary>
public interface IRequest<out TResponse>;

public interface IRequestHandler<in TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken);
}

public delegate Task<TResponse> RequestHandlerDelegate<TResponse>(CancellationToken cancellationToken);

/// <summary>What surrounds every handler, in registration order: validation, then the command's transaction.</summary>
public interface IPipelineBehavior<in TRequest, TResponse>
    where TRequest : notnull
{
    Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken);
}

public interface ISender
{
    Task<TResponse> Send<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default);
}

/// <summary>The answer of requests that have none.</summary>
public readonly record struct Unit
{
    public static Unit Value { get; }
}
