using System.Net.Http.Headers;
using System.Net.Sockets;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Application.Files;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Documents.Pdf;

/// <summary>
/// Converts DOCX, and HTML where the machine has no Chromium, by a Gotenberg service. Its address is configured by whoever runs the server, never by a user of the portal, and answers are larger than
/// what the outbound door takes; so it has a client of its own that goes to this one address only.
/// </summary>
internal sealed class Gotenberg : IDisposable
{
    private readonly HttpClient? client;

    public Gotenberg(IOptions<DocumentOptions> options)
    {
        var text = options.Value.Gotenberg;
        if (text.Length == 0) return;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
            throw new OptionsValidationException(DocumentOptions.Section, typeof(DocumentOptions), [$"{DocumentOptions.Section}:Gotenberg: \"{text}\" is not an address such as http://gotenberg:3000."]);

        client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = StoredFile.MostBytes + 1,
        };
    }

    public bool IsConfigured => client is not null;

    public async Task<byte[]> ConvertAsync(byte[] docx, CancellationToken ct)
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(docx);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        form.Add(file, "files", "paper.docx");
        return await PostAsync("forms/libreoffice/convert", form, ct);
    }

    /// <summary>The page says itself that it loads and runs nothing.</summary>
    public async Task<byte[]> PrintAsync(byte[] html, CancellationToken ct)
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(html);
        using var yes = new StringContent("true");
        using var background = new StringContent("true");
        file.Headers.ContentType = new MediaTypeHeaderValue("text/html");
        form.Add(file, "files", "index.html");
        form.Add(yes, "preferCssPageSize");
        form.Add(background, "printBackground");
        return await PostAsync("forms/chromium/convert/html", form, ct);
    }

    public void Dispose() => client?.Dispose();

    private async Task<byte[]> PostAsync(string path, MultipartFormDataContent form, CancellationToken ct)
    {
        try
        {
            using var answer = await client!.PostAsync(new Uri(path, UriKind.Relative), form, ct);
            if (!answer.IsSuccessStatusCode)
                throw new PdfException(PdfException.Failed, $"Gotenberg answered {(int)answer.StatusCode}.", retryable: (int)answer.StatusCode is 408 or 429 or >= 500);
            return await answer.Content.ReadAsByteArrayAsync(ct);
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            throw new PdfException(PdfException.Failed, $"Gotenberg at {client!.BaseAddress!.Authority} could not be reached.", retryable: true, failure);
        }
    }
}
