using System.Diagnostics;
using System.Text;

namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>Starts and stops the server process. It runs in a session of its own (pg_ctl sees to it), so that Ctrl+C in the terminal reaches the app first.</summary>
internal sealed class PostgresProcess(PostgresHome home, PostgresTool tool)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    public PostmasterFile? Running => PostmasterFile.TryRead(home.DataPath) is { } file && file.IsServing(home.DataPath) ? file : null;

    /// <summary>Returns when the server accepts connections; a server that ends instead is told by its log.</summary>
    public async Task<PostmasterFile> LaunchAsync(int port, TimeSpan timeout, CancellationToken ct)
    {
        RemoveStaleFile();
        var logStart = new FileInfo(home.LogPath) is { Exists: true } log ? log.Length : 0;
        var waited = Stopwatch.StartNew();
        string[] arguments =
        [
            "start", "--silent", "--wait", "--timeout", $"{(int)timeout.TotalSeconds}", "-D", home.DataPath, "-l", home.LogPath,
            "-o", $"-c config_file={ShellQuote(home.ConfigPath)} -c hba_file={ShellQuote(home.AccessPath)}",
        ];
        using var control = tool.Start("pg_ctl", arguments);
        while (true)
        {
            // pg_ctl looks ten times a second; looking oneself saves half of that at every start.
            if (Running is { IsReady: true } ready)
            {
                control.Kill();
                return ready;
            }

            if (control.HasExited && control.ExitCode != 0) throw PostgresFailure.Translate(ReadLog(logStart), home, port);
            if (waited.Elapsed > timeout + TimeSpan.FromSeconds(5))
                throw new EmbeddedPostgresException(
                    EmbeddedPostgresError.Timeout,
                    $"The embedded PostgreSQL was not ready after {timeout.TotalSeconds:0} s; it may still be recovering. Look at {home.LogPath} and start again.");
            await Task.Delay(Poll, ct);
        }
    }

    /// <summary>Fast shutdown: open transactions are rolled back, everything committed is on disk. Immediate when it does not end in time; recovery follows at the next start.</summary>
    public async Task StopAsync(TimeSpan timeout, CancellationToken ct)
    {
        foreach (var mode in new[] { "fast", "immediate" })
        {
            if (Running is null) return;
            var (exit, _) = await tool.RunAsync("pg_ctl", ["stop", "--silent", "--wait", "--timeout", $"{(int)timeout.TotalSeconds}", "-m", mode, "-D", home.DataPath], ct);
            if (exit == 0) return;
        }

        if (Running is { } left)
            throw new EmbeddedPostgresException(EmbeddedPostgresError.Timeout, $"The PostgreSQL server of {home.DataPath} (process {left.ProcessId}) does not stop. End that process and start again.");
    }

    /// <summary>A crash leaves the file behind; when another program has got the same process id since, the server would refuse to start.</summary>
    private void RemoveStaleFile()
    {
        if (PostmasterFile.TryRead(home.DataPath) is { } file && !file.IsServing(home.DataPath))
            PostgresFailure.Guard(home.DataPath, () => File.Delete(PostmasterFile.PathIn(home.DataPath)));
    }

    private string ReadLog(long from)
    {
        if (!File.Exists(home.LogPath)) return "";
        using var log = new FileStream(home.LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        log.Seek(Math.Min(from, log.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(log, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string ShellQuote(string path) =>
        OperatingSystem.IsWindows() ? $"\"{path}\"" : "'" + path.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
