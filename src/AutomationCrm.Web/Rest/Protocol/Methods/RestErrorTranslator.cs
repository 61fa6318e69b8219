namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>Exceptions to errors: ours as they are, use cases' through the mappers, the rest as a logged 500 without details.</summary>
internal sealed class RestErrorTranslator(IEnumerable<IRestErrorMapper> mappers, ILogger<RestErrorTranslator> logger)
{
    public RestError Translate(Exception exception, RestMethod method)
    {
        foreach (var mapper in mappers)
        {
            if (mapper.Map(exception, method) is { } mapped) return mapped;
        }

        return Translate(exception, method.Name);
    }

    public RestError Translate(Exception exception, string method)
    {
        if (exception is RestException known) return known.Error;
        if (exception is OperationCanceledException) return RestErrors.OperationTime;
        logger.LogError(exception, "The REST method {Method} failed", method);
        return RestErrors.Internal;
    }
}
