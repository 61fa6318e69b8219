using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Pdf;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Documents.Pdf;

/// <summary>Converts DOCX by LibreOffice with a profile of its own for each run: no macros, no links, no second run in the same profile.</summary>
internal sealed class LibreOffice(IOptions<DocumentOptions> options)
{
    private const string Missing =
        "There is no converter from DOCX to PDF: set Crm__Documents__Gotenberg to a Gotenberg service (docker compose brings one), or install LibreOffice, or name its soffice in Crm__Documents__LibreOffice.";

    private static readonly string[] Installed =
    [
        "/usr/bin/soffice", "/usr/bin/libreoffice", "/usr/local/bin/soffice", "/opt/libreoffice/program/soffice", "/snap/bin/libreoffice",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice", @"C:\Program Files\LibreOffice\program\soffice.exe",
    ];

    private static readonly Dictionary<string, string> Nothing = [];

    public async Task<byte[]> ConvertAsync(byte[] docx, CancellationToken ct)
    {
        var program = Find();
        using var room = new ConverterRoom(options.Value.Account);
        var source = await room.PutAsync("paper.docx", docx, ct);
        var profile = new Uri(Path.Combine(room.Folder, "profile")).AbsoluteUri;
        var (code, said) = await room.RunAsync(
            program, [$"-env:UserInstallation={profile}", "--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "pdf:writer_pdf_Export", "--outdir", room.Folder, source], Nothing, ct);
        var target = Path.Combine(room.Folder, "paper.pdf");
        if (!File.Exists(target)) throw new PdfException(PdfException.Failed, $"LibreOffice made no PDF (it ended with {code} and said: {said}).", retryable: true);
        return await File.ReadAllBytesAsync(target, ct);
    }

    private string Find()
    {
        if (options.Value.LibreOffice is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new PdfException(PdfException.NoConverter, $"Crm__Documents__LibreOffice names a program that is not there: {named}.", retryable: false);
        return Array.Find(Installed, File.Exists) ?? throw new PdfException(PdfException.NoConverter, Missing, retryable: false);
    }
}
