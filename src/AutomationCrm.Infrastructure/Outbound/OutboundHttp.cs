using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using AutomationCrm.Application.Ports;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Outbound;

/// <summary>The single outbound door (attack list A1). The address is checked when it is dialled, on what is dialled, never on the text alone.</summary>
internal sealed class OutboundHttp : IOutboundHttp, IDisposable
{
    public const int MostAnswerBytes = 1024 * 1024;
    private const int MostHeaderKilobytes = 32;

    private readonly OutboundRules rules;
    private readonly TimeSpan timeout;
    private readonly HttpMessageInvoker http;

    public OutboundHttp(IOptions<OutboundOptions> options, OutboundAllowList allowed, OutboundNetwork network)
    {
        rules = new(options.Value, allowed);
        timeout = TimeSpan.FromSeconds(Math.Clamp(options.Value.TimeoutSeconds, 1, 120));
        http = new(new SocketsHttpHandler
        {
            ConnectCallback = new OutboundDialer(allowed, network).ConnectAsync,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            Credentials = null,
            PreAuthenticate = false,
            // What is unpacked is read through the same limit, so a small answer cannot grow without end.
            AutomaticDecompression = DecompressionMethods.All,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            MaxResponseDrainSize = 0,
            MaxConnectionsPerServer = 8,
            ConnectTimeout = timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ActivityHeadersPropagator = null,
        });
    }

    public async Task<OutboundAnswer> SendAsync(OutboundRequest request, CancellationToken ct)
    {
        var url = rules.Check(request);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            using var message = Build(request, url);
            using var answer = await http.SendAsync(message, limit.Token);
            return new((int)answer.StatusCode, Headers(answer), await ReadAsync(answer.Content, limit.Token));
        }
        catch (Exception failure) when (Find<OutboundException>(failure) is { } refusal)
        {
            throw refusal;
        }
        catch (OperationCanceledException failure) when (!ct.IsCancellationRequested)
        {
            throw new OutboundException("outbound.timeout", $"{url.IdnHost} did not answer completely within {timeout.TotalSeconds:0} seconds.", retryable: true, failure);
        }
        catch (HttpRequestException failure)
        {
            throw Translate(failure, url.IdnHost);
        }
        catch (SocketException failure)
        {
            // A peer that resets the connection as soon as it stands: the framework does not wrap that.
            throw new OutboundException("outbound.connect", $"The connection to {url.IdnHost} failed.", retryable: true, failure);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            throw new OutboundException("outbound.broken", $"The answer of {url.IdnHost} broke off.", retryable: true, failure);
        }
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Build(OutboundRequest request, Uri url)
    {
        var message = new HttpRequestMessage(new(request.Method), url);
        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("AutomationCrm", "1"));
        foreach (var (name, value) in request.Headers)
        {
            if (name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase)) message.Headers.UserAgent.Clear();
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        var buffer = new byte[16 * 1024];
        using var body = new MemoryStream();
        for (int count; (count = await stream.ReadAsync(buffer, ct)) > 0;)
        {
            if (body.Length + count > MostAnswerBytes)
                throw new OutboundException("outbound.too_large", "The answer is larger than 1 MB.", retryable: false);
            body.Write(buffer, 0, count);
        }

        return body.ToArray();
    }

    private static Dictionary<string, string> Headers(HttpResponseMessage answer)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated)) headers[name] = values.ToString();
        return headers;
    }

    private static OutboundException Translate(HttpRequestException failure, string host) => failure.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError => new("outbound.tls", $"No trusted connection to {host} could be made: its certificate or its protocol is not accepted.", retryable: true, failure),
        HttpRequestError.ConfigurationLimitExceeded => new("outbound.too_large", $"The headers of the answer of {host} are larger than {MostHeaderKilobytes} KB.", retryable: false, failure),
        HttpRequestError.InvalidResponse => new("outbound.broken", $"{host} did not answer in HTTP.", retryable: true, failure),
        _ => new("outbound.connect", $"The connection to {host} failed.", retryable: true, failure),
    };

    private static T? Find<T>(Exception? failure)
        where T : Exception
    {
        for (; failure is not null; failure = failure.InnerException)
            if (failure is T found) return found;
        return null;
    }
}
