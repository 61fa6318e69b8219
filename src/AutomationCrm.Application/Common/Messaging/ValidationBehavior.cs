using FluentValidation;

namespace AutomationCrm.Application.Common.Messaging;

/// <summary>Refuses a malformed request before its handler sees it.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        foreach (var validator in validators)
        {
            var result = validator.Validate(request);
            if (!result.IsValid) throw new ValidationException(result.Errors);
        }

        return next(cancellationToken);
    }
}
