using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Values;
using AutomationCrm.Web.Rest.Protocol.Writing;

namespace AutomationCrm.Web.Rest.Protocol.Http;

/// <summary>Writes an outcome as JSON or XML; nothing of it is cached, framed or passed on as a referrer.</summary>
internal sealed class RestResponder(EnvelopeWriter envelopes, RestTimer timer, RestErrorTranslator errors)
{
    /// <summary>Answers a request that failed before or outside its method.</summary>
    public Task WriteAsync(HttpContext context, RestAddress address, Exception failure, RestWatch watch)
    {
        var error = failure is BadHttpRequestException broken
            ? new RestError(broken.StatusCode, "INVALID_REQUEST", "The body of the request cannot be read.")
            : errors.Translate(failure, address.Method);
        return WriteAsync(context, address, new RestOutcome(Result: null, error, watch.Stop()));
    }

    public async Task WriteAsync(HttpContext context, RestAddress address, RestOutcome outcome)
    {
        var envelope = envelopes.Envelope(outcome, new RestFormat(timer.Zone));
        var body = address.Xml ? RestXmlWriter.Write(envelope) : RestJsonWriter.Write(envelope);
        var response = context.Response;
        response.StatusCode = outcome.Error?.Status ?? StatusCodes.Status200OK;
        response.ContentType = address.Xml ? "application/xml; charset=utf-8" : "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        SetHeaders(response, outcome.Error);
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static void SetHeaders(HttpResponse response, RestError? error)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XContentTypeOptions = "nosniff";
        if (error == RestErrors.VerbNotAllowed) response.Headers.Allow = "GET, POST";
        if (error?.Status is 429 or 503) response.Headers.RetryAfter = "60";
    }
}
