using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AutomationCrm.Testing.Nodes;

/// <summary>
/// The built app as a process of its own, on a port that stays the same over its lives. It can be killed, stopped and frozen as a
/// machine would do it; always by its process id.
/// </summary>
public sealed class AppNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly string _folder;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly IReadOnlyList<string> _command;
    private Process? _process;
    private volatile bool _ready;

    /// <param name="folder">Data directory of the node; its output goes to <c>output.log</c> there.</param>
    /// <param name="settings">Environment, for example <c>Crm__Executor__LeaseSeconds</c>.</param>
    /// <param name="command">What <c>dotnet</c> runs; the app unless given.</param>
    public AppNode(string folder, IReadOnlyDictionary<string, string> settings, params IReadOnlyList<string> command)
    {
        (_folder, _settings, _command) = (folder, settings, command is { Count: > 0 } ? command : [Program]);
        Directory.CreateDirectory(folder);
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
    }

    public Uri Address { get; }

    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Whether it has answered since its last start.</summary>
    public bool IsReady => _ready && _process is { HasExited: false };

    public string FirstRunFile => Path.Combine(_folder, "first-run.json");

    public string Output => Path.Combine(_folder, "output.log");

    /// <summary>The app's main file, built in the same configuration as the caller.</summary>
    public static string Program
    {
        get
        {
            var parts = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
            return RepositoryRoot.File("src", "AutomationCrm.Web", "bin", parts[^2], parts[^1], "AutomationCrm.Web.dll");
        }
    }

    public void Start()
    {
        _ready = false;
        _process?.Dispose();
        // Through a shell, so that the output needs no reader in this process; exec keeps the process id.
        var start = new ProcessStartInfo("sh", ["-c", "log=\"$0\"; exec dotnet \"$@\" >>\"$log\" 2>&1", Output, .. _command])
        {
            UseShellExecute = false,
            WorkingDirectory = RepositoryRoot.File("src", "AutomationCrm.Web"),
        };
        start.Environment["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority);
        start.Environment["Crm__DataDirectory"] = _folder;
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        _process = Process.Start(start)!;
    }

    /// <summary>Waits until the process answers; throws with the end of its output when it has ended instead.</summary>
    public async Task ReadyAsync()
    {
        await Eventually.Async(AnswersAsync, Patience, $"the node at {Address} answers");
        _ready = true;
    }

    /// <summary>As a loss of power for this process: SIGKILL.</summary>
    public void Kill()
    {
        _ready = false;
        if (_process is not { HasExited: false } process) return;
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Stands still until <see cref="Thaw"/>, without knowing it afterwards: SIGSTOP.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    /// <summary>Asks it to end in order: SIGTERM.</summary>
    public async Task StopAsync()
    {
        _ready = false;
        if (_process is not { HasExited: false } process) return;
        await SignalAsync("-TERM");
        using var most = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(most.Token);
    }

    /// <summary>CPU time and resident memory of the process as the system counts them.</summary>
    public (TimeSpan Cpu, long ResidentBytes) Usage()
    {
        _process!.Refresh();
        return (_process.TotalProcessorTime, _process.WorkingSet64);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await ThawAsync();
        Kill();
        _process?.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        if (_process is not { HasExited: false }) throw new InvalidOperationException($"The node ended: {await EndOfOutputAsync()}");
        try
        {
            using var answer = await Http.GetAsync(new Uri(Address, "/health/live"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or TaskCanceledException)
        {
            return false;
        }
    }

    private async Task<string> EndOfOutputAsync()
    {
        var text = File.Exists(Output) ? await File.ReadAllTextAsync(Output) : "";
        return text.Length > 2_000 ? text[^2_000..] : text;
    }

    private async Task SignalAsync(string signal)
    {
        if (_process is not { HasExited: false } process) return;
        using var kill = Process.Start(new ProcessStartInfo("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false })!;
        await kill.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
