using System.Diagnostics;

namespace AutomationCrm.Infrastructure.Tests.EmbeddedPostgres;

/// <summary>This assembly's <see cref="Program"/> in a process of its own, to be killed as kill -9 does.</summary>
internal sealed class HolderProcess : IDisposable
{
    private readonly Process _process;

    private HolderProcess(Process process, string said) => (_process, Said) = (process, said);

    /// <summary>The line that it wrote when its server ran.</summary>
    public string Said { get; }

    public static async Task<HolderProcess> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(Program).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // The holder has a server of its own even where the tests use another one.
        start.Environment.Remove("CRM_TEST_DATABASE");
        var process = Process.Start(start)!;
        return new HolderProcess(process, await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The process ended before its server ran."));
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose() => _process.Dispose();
}
