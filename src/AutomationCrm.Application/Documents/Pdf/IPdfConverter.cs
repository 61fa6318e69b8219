namespace AutomationCrm.Application.Documents.Pdf;

/// <summary>Makes a PDF of a filled template. Never an empty file: what does not work is a <see cref="PdfException"/>.</summary>
public interface IPdfConverter
{
    /// <param name="kind">docx or html.</param>
    Task<byte[]> ConvertAsync(string kind, byte[] source, CancellationToken ct);
}

/// <summary>There is no PDF, and the message says why and what to do.</summary>
/// <param name="retryable">Whether the same may work later without anybody doing something.</param>
public sealed class PdfException(string code, string message, bool retryable, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Nothing here can convert this kind.</summary>
    public const string NoConverter = "pdf.converter";

    public const string Failed = "pdf.failed";

    public string Code { get; } = code;

    public bool Retryable { get; } = retryable;
}
