using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Application.Files;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Documents.Pdf;

/// <summary>Chooses who makes the PDF (decision D14): Chromium prints HTML; Gotenberg, else LibreOffice converts DOCX. Two at a time, because each takes a core.</summary>
internal sealed class PdfConverter(ChromiumPrinter chromium, Gotenberg gotenberg, LibreOffice office, IOptions<DocumentOptions> options) : IPdfConverter, IDisposable
{
    private readonly SemaphoreSlim slots = new(2);

    public async Task<byte[]> ConvertAsync(string kind, byte[] source, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var patience = TimeSpan.FromSeconds(Math.Clamp(options.Value.TimeoutSeconds, 5, 600));
        await slots.WaitAsync(ct);
        try
        {
            limit.CancelAfter(patience);
            var pdf = kind == DocumentTemplate.Html ? await PrintAsync(source, limit.Token)
                : gotenberg.IsConfigured ? await gotenberg.ConvertAsync(source, limit.Token)
                : await office.ConvertAsync(source, limit.Token);
            if (!FileTypes.IsPdf(pdf)) throw new PdfException(PdfException.Failed, "The converter answered something that is no PDF.", retryable: true);
            return pdf.Length <= StoredFile.MostBytes ? pdf : throw new PdfException(PdfException.Failed, "The PDF is larger than 20 MB.", retryable: false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new PdfException(PdfException.Failed, $"The PDF was not made within {patience.TotalSeconds:0} seconds.", retryable: true);
        }
        finally
        {
            slots.Release();
        }
    }

    public void Dispose() => slots.Dispose();

    private async Task<byte[]> PrintAsync(byte[] html, CancellationToken ct)
    {
        try
        {
            return await chromium.PrintAsync(html, ct);
        }
        catch (PdfException missing) when (missing.Code == PdfException.NoConverter && gotenberg.IsConfigured)
        {
            return await gotenberg.PrintAsync(html, ct);
        }
    }
}
