namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>The error envelope. An empty code is how classic methods answer; the description then carries the meaning.</summary>
internal sealed record RestError(int Status, string Code, string Description, string? Argument = null);

/// <summary>Stops a call with an error that is told to the client as it is.</summary>
internal sealed class RestException(RestError error) : Exception(error.Description)
{
    public RestError Error { get; } = error;
}
