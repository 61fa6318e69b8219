using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace AutomationCrm.Browser.Tests.Support;

/// <summary>
/// The real app in a process of its own on a free port, as it was built for these tests, in Production with the sample pages.
/// </summary>
internal sealed partial class AppHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string data;

    private AppHost(Process process, string data)
    {
        this.process = process;
        this.data = data;
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>The app's data directory, for example for its first-run.json.</summary>
    public string DataDirectory => data;

    /// <summary>What the app has written to its log.</summary>
    public string Log => Output();

    public static async Task<AppHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var program = Path.Combine(Repository.Web, "bin", Repository.Configuration, "net10.0", "AutomationCrm.Web.dll");
        if (!File.Exists(program)) throw new InvalidOperationException($"{program} does not exist: build the solution first.");
        var folder = Directory.CreateTempSubdirectory("crm-browser-").FullName;
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Web,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { program, "--urls", "http://127.0.0.1:0" },
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Crm__DevPages"] = "true";
        start.Environment["Crm__DataDirectory"] = folder;
        foreach (var (name, value) in settings) start.Environment[name] = value;

        var host = new AppHost(new Process { StartInfo = start, EnableRaisingEvents = true }, folder);
        try
        {
            await host.RunAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(data, recursive: true);
    }

    private async Task RunAsync()
    {
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The app stopped at once:\n{Output()}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            Address = await listening.Task.WaitAsync(Patience);
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"The app did not listen within {Patience}:\n{Output()}", late);
        }
    }

    private void Read(string? line)
    {
        if (line is null) return;
        lock (output) output.AppendLine(line);
        if (Listening().Match(line) is { Success: true } match) listening.TrySetResult(new Uri(match.Groups["url"].Value));
    }

    private string Output()
    {
        lock (output) return output.ToString();
    }

    [GeneratedRegex(@"Now listening on:\s*""?(?<url>http://[^\s""]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
