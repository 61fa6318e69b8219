using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace AutomationCrm.Browser.Tests.Support;

/// <summary>A Chromium to start: its path and what its environment needs in addition.</summary>
internal sealed record Chromium(string Path, IReadOnlyDictionary<string, string> Environment)
{
    private static readonly string[] Installed =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/snap/bin/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>CHROMIUM_PATH, else one installed on the machine, else the one inside the npm packages (D13). None is an error, not a skipped test.</summary>
    public static async Task<Chromium> FindAsync()
    {
        if (System.Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } named)
        {
            return File.Exists(named) ? new(named, Nothing) : throw new InvalidOperationException($"CHROMIUM_PATH names {named}, which does not exist.");
        }

        if (Array.Find(Installed, File.Exists) is { } installed) return new(installed, Nothing);
        return await UnpackAsync();
    }

    /// <summary>The package unpacks into the temporary folder it is given; one of our own, so that two checkouts do not meet there.</summary>
    private static async Task<Chromium> UnpackAsync()
    {
        var package = System.IO.Path.Combine(Repository.Client, "node_modules", "@sparticuz", "chromium");
        var manifest = System.IO.Path.Combine(package, "package.json");
        if (!File.Exists(manifest)) throw new InvalidOperationException($"No Chromium: set CHROMIUM_PATH, install one, or build the app so that npm brings {package}.");
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(manifest));
        var home = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"crm-chromium-{json.RootElement.GetProperty("version").GetString()}-{System.Environment.UserName}");
        Directory.CreateDirectory(home);

        await using var alone = await LockAsync(System.IO.Path.Combine(home, ".lock"));
        var path = System.IO.Path.Combine(home, "chromium");
        var complete = System.IO.Path.Combine(home, ".complete");
        if (!File.Exists(complete))
        {
            if (File.Exists(path)) File.Delete(path);
            await UnpackAsync(home);
            await File.WriteAllTextAsync(complete, "");
        }

        if (await StartsAsync(path, Nothing)) return new(path, Nothing);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["LD_LIBRARY_PATH"] = System.IO.Path.Combine(home, "al2023", "lib") };
        if (await StartsAsync(path, environment)) return new(path, environment);
        throw new InvalidOperationException($"The Chromium of the npm package does not start on this machine ({path}). Install one and set CHROMIUM_PATH.");
    }

    private static async Task UnpackAsync(string home)
    {
        const string script =
            "import('@sparticuz/chromium').then(async m => { await m.default.executablePath(); await m.inflate(process.argv[1]); }).catch(e => { console.error(e); process.exit(1); })";
        var libraries = System.IO.Path.Combine("node_modules", "@sparticuz", "chromium", "bin", "al2023.tar.br");
        var start = new ProcessStartInfo("node") { UseShellExecute = false, WorkingDirectory = Repository.Client, RedirectStandardError = true, ArgumentList = { "-e", script, libraries } };
        start.Environment["TMPDIR"] = home;
        using var node = Process.Start(start) ?? throw new InvalidOperationException("Node.js did not start.");
        var errors = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        if (node.ExitCode != 0) throw new InvalidOperationException($"Chromium could not be unpacked: {errors}");
    }

    private static async Task<bool> StartsAsync(string path, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(path) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, ArgumentList = { "--version", "--no-sandbox" } };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            await output;
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task<FileStream> LockAsync(string file)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (patience.Elapsed < TimeSpan.FromMinutes(2))
            {
                await Task.Delay(200);
            }
        }
    }
}
