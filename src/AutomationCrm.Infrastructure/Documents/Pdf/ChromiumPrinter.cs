using System.Net.WebSockets;
using System.Text;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Pdf;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Documents.Pdf;

/// <summary>Prints our own HTML by headless Chromium: scripts off, no network, an unprivileged account, its own sandbox where the machine allows one.</summary>
internal sealed class ChromiumPrinter(ChromiumFinder finder, IOptions<DocumentOptions> options)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private static readonly string[] Flags =
    [
        "--headless", "--remote-debugging-port=0", "--user-data-dir=profile", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-breakpad", "--disable-crash-reporter", "--disable-dev-shm-usage", "--mute-audio",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>", "--disable-remote-fonts",
    ];

    /// <summary>Whether Chromium's sandbox works here; found out with the first print.</summary>
    private bool? sandbox;

    public async Task<byte[]> PrintAsync(byte[] html, CancellationToken ct)
    {
        var chromium = await finder.FindAsync(ct);
        if (sandbox is not false)
        {
            try
            {
                var printed = await PrintAsync(chromium, html, Flags, ct);
                sandbox = true;
                return printed;
            }
            catch (PdfException) when (sandbox is null)
            {
                // In containers the kernel often refuses Chromium the namespaces its sandbox stands on; the account, the dead network and the switched-off scripts remain.
            }
        }

        var pdf = await PrintAsync(chromium, html, [.. Flags, "--no-sandbox"], ct);
        sandbox ??= false;
        return pdf;
    }

    private async Task<byte[]> PrintAsync(FoundChromium chromium, byte[] html, string[] flags, CancellationToken ct)
    {
        using var room = new ConverterRoom(options.Value.Account);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = room.RunAsync(chromium.Path, [.. flags, "about:blank"], chromium.Environment, stop.Token);
        try
        {
            var address = await AddressAsync(Path.Combine(room.Folder, "profile", "DevToolsActivePort"), running, ct);
            await using var tools = await DevTools.ConnectAsync(address, ct);
            return await tools.PrintAsync(Encoding.UTF8.GetString(html), ct);
        }
        catch (WebSocketException failure)
        {
            throw new PdfException(PdfException.Failed, "Chromium went away while it printed.", retryable: true, failure);
        }
        finally
        {
            await stop.CancelAsync();
            await running.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Chromium writes port and path into its profile as soon as it listens.</summary>
    private static async Task<Uri> AddressAsync(string file, Task<(int ExitCode, string Said)> running, CancellationToken ct)
    {
        while (true)
        {
            if (running.IsCompleted)
            {
                var (code, said) = await running;
                throw new PdfException(PdfException.Failed, $"Chromium did not start (it ended with {code}). It said: {(said.Length > 0 ? said : "nothing")}", retryable: true);
            }

            if (File.Exists(file) && await File.ReadAllLinesAsync(file, ct) is [var port, var path, ..] && path.Length > 0) return new($"ws://127.0.0.1:{port}{path}");
            await Task.Delay(Look, ct);
        }
    }
}
