namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>The errors of the protocol itself, with the codes and statuses clients know.</summary>
internal static class RestErrors
{
    public const string InvalidArgument = "INVALID_ARG_VALUE";

    public static RestError MethodNotFound { get; } = new(404, "ERROR_METHOD_NOT_FOUND", "Method not found!");

    public static RestError NoAuth { get; } = new(401, "NO_AUTH_FOUND", "Wrong authorization data");

    public static RestError BadCredentials { get; } = new(401, "INVALID_CREDENTIALS", "Invalid request credentials");

    public static RestError BadToken { get; } = new(401, "invalid_token", "The token of the request is not known.");

    public static RestError LockedOut { get; } = new(429, "TOO_MANY_FAILURES", "Too many failed sign-ins from this address; try again in a minute.");

    public static RestError VerbNotAllowed { get; } = new(405, "INVALID_REQUEST", "Only GET and POST are supported.");

    public static RestError InsufficientScope { get; } = new(403, "insufficient_scope", "The request requires higher privileges than provided by the webhook token");

    public static RestError AccessDenied { get; } = new(403, "ACCESS_DENIED", "Access denied.");

    public static RestError ApplicationRequired { get; } = new(403, "ACCESS_DENIED", "Access denied! Application context required");

    public static RestError TooManyRequests { get; } = new(503, "QUERY_LIMIT_EXCEEDED", "Too many requests");

    public static RestError OperationTime { get; } = new(429, "OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.");

    public static RestError BatchTooLong { get; } = new(400, "ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded");

    public static RestError NotInBatch { get; } = new(405, "ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage");

    public static RestError Internal { get; } = new(500, "INTERNAL_SERVER_ERROR", "Internal server error");

    /// <summary>A record that is not there or not the caller's to see; the same answer for both.</summary>
    public static RestError NotFound(RestMethod method, string what = "Item not found") =>
        method.Style == RestStyle.Classic ? new(400, "", "Not found") : new(400, "NOT_FOUND", what);

    /// <summary>The caller lacks the right; classic methods answer 400 with an empty code.</summary>
    public static RestError Denied(RestMethod method) =>
        method.Style == RestStyle.Classic ? new(400, "", "Access denied.") : AccessDenied with { Status = 400 };

    /// <summary>A value that breaks a rule; names the field.</summary>
    public static RestError InvalidValue(RestMethod method, string field, string description) =>
        method.Style switch
        {
            RestStyle.Classic => new(400, "", description, field),
            RestStyle.Controller => new(400, "CRM_FIELD_ERROR_VALUE_NOT_VALID", description, field),
            _ => new(400, InvalidArgument, description, field),
        };
}
