namespace AutomationCrm.Application.Ports;

/// <summary>The only way out over HTTP: every call of a robot, an import or an application goes through its checks (attack list A1).</summary>
public interface IOutboundHttp
{
    /// <summary>Sends one request and reads its answer, at most 1 MB within 15 s; redirects are answers. Throws <see cref="OutboundException"/>.</summary>
    Task<OutboundAnswer> SendAsync(OutboundRequest request, CancellationToken ct);
}

public sealed record OutboundRequest(string Method, string Url)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public ReadOnlyMemory<byte>? Body { get; init; }

    public string ContentType { get; init; } = "application/json";
}

/// <param name="Headers">By name, case-insensitive.</param>
public sealed record OutboundAnswer(int Status, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);

/// <summary>A call that was refused before it was made, or that brought no usable answer.</summary>
/// <param name="code">Stable, for example <c>outbound.address</c>.</param>
/// <param name="message">A sentence for people; names the host at most, never the path, the query or a header.</param>
/// <param name="retryable">Whether the same call may work later.</param>
public sealed class OutboundException(string code, string message, bool retryable, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;

    public bool Retryable { get; } = retryable;
}
