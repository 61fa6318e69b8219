using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Pdf;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Documents.Pdf;

/// <summary>Prints our own HTML by headless Chromium: scripts off, no network, an unprivileged account, its own sandbox where the machine allows one.</summary>
internal sealed class ChromiumPrinter(ChromiumFinder finder, IOptions<DocumentOptions> options)
{
    private static readonly string[] Flags =
    [
        "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync", "--disable-background-networking",
        "--disable-component-update", "--disable-default-apps", "--disable-breakpad", "--disable-crash-reporter", "--disable-dev-shm-usage", "--mute-audio", "--no-pdf-header-footer",
        "--blink-settings=scriptEnabled=false", "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>", "--disable-remote-fonts",
    ];

    /// <summary>Whether Chromium's sandbox works here; found out with the first print.</summary>
    private bool? sandbox;

    public async Task<byte[]> PrintAsync(byte[] html, CancellationToken ct)
    {
        var chromium = await finder.FindAsync(ct);
        if (sandbox != false && await TryAsync(chromium, html, ["--user-data-dir=profile"], ct) is { Pdf: { } printed })
        {
            sandbox = true;
            return printed;
        }

        // In containers the kernel often refuses Chromium the namespaces its sandbox stands on; the account, the dead network and the switched-off scripts remain.
        var (pdf, said) = await TryAsync(chromium, html, ["--user-data-dir=profile", "--no-sandbox"], ct);
        if (pdf is null) throw new PdfException(PdfException.Failed, $"Chromium printed nothing. It said: {(said.Length > 0 ? said : "nothing")}", retryable: true);
        sandbox ??= false;
        return pdf;
    }

    private async Task<(byte[]? Pdf, string Said)> TryAsync(FoundChromium chromium, byte[] html, string[] more, CancellationToken ct)
    {
        using var room = new ConverterRoom(options.Value.Account);
        var page = await room.PutAsync("paper.html", html, ct);
        var target = Path.Combine(room.Folder, "paper.pdf");
        var (_, said) = await room.RunAsync(chromium.Path, [.. Flags, .. more, $"--print-to-pdf={target}", new Uri(page).AbsoluteUri], chromium.Environment, ct);
        return (File.Exists(target) && new FileInfo(target).Length > 0 ? await File.ReadAllBytesAsync(target, ct) : null, said);
    }
}
