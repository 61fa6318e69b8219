using System.Net.Http.Headers;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Application.Files;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Documents.Pdf;

/// <summary>
/// Converts DOCX by a Gotenberg service. Its address is configured by whoever runs the server, never by a user of the portal, and answers are larger than
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
        try
        {
            using var answer = await client!.PostAsync(new Uri("forms/libreoffice/convert", UriKind.Relative), form, ct);
            if (!answer.IsSuccessStatusCode)
                throw new PdfException(PdfException.Failed, $"Gotenberg answered {(int)answer.StatusCode}.", retryable: (int)answer.StatusCode is 408 or 429 or >= 500);
            return await answer.Content.ReadAsByteArrayAsync(ct);
        }
        catch (HttpRequestException failure)
        {
            throw new PdfException(PdfException.Failed, $"Gotenberg at {client!.BaseAddress!.Authority} could not be reached.", retryable: true, failure);
        }
    }

    public void Dispose() => client?.Dispose();
}
