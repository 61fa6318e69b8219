using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Common.Messaging;

/// <summary>Finds the handler of a request in the scope's services and runs it inside the behaviours.</summary>
internal sealed class Sender(IServiceProvider services) : ISender
{
    private static readonly ConcurrentDictionary<Type, Dispatch> Dispatches = new();

    public Task<TResponse> Send<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default)
    {
        var dispatch = Dispatches.GetOrAdd(request.GetType(), static (type, response) =>
            (Dispatch)Activator.CreateInstance(typeof(Dispatch<,>).MakeGenericType(type, response))!, typeof(TResponse));
        return ((Dispatch<TResponse>)dispatch).Run(request, services, cancellationToken);
    }

    private abstract class Dispatch;

    private abstract class Dispatch<TResponse> : Dispatch
    {
        public abstract Task<TResponse> Run(IRequest<TResponse> request, IServiceProvider services, CancellationToken ct);
    }

    private sealed class Dispatch<TRequest, TResponse> : Dispatch<TResponse>
        where TRequest : IRequest<TResponse>
    {
        public override Task<TResponse> Run(IRequest<TResponse> request, IServiceProvider services, CancellationToken ct)
        {
            var handler = services.GetRequiredService<IRequestHandler<TRequest, TResponse>>();
            RequestHandlerDelegate<TResponse> next = token => handler.Handle((TRequest)request, token);
            var behaviors = (IPipelineBehavior<TRequest, TResponse>[])services.GetServices<IPipelineBehavior<TRequest, TResponse>>();
            for (var i = behaviors.Length - 1; i >= 0; i--)
            {
                var (behavior, inner) = (behaviors[i], next);
                next = token => behavior.Handle((TRequest)request, inner, token);
            }

            return next(ct);
        }
    }
}
