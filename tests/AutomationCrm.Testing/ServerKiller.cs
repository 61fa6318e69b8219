using System.Diagnostics;
using AutomationCrm.Infrastructure.EmbeddedPostgres;

namespace AutomationCrm.Testing;

/// <summary>Ends the server of a data directory from outside.</summary>
internal static class ServerKiller
{
    /// <summary>As a crash would: SIGKILL to the server; its processes see it and end by themselves.</summary>
    public static void Crash(string dataPath)
    {
        if (PostmasterFile.TryRead(dataPath) is not { } file || !file.IsServing(dataPath)) return;
        try
        {
            using var process = Process.GetProcessById(file.ProcessId);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has just ended by itself.
        }
    }

    /// <summary>At once and without care for the data, but the server gives back its shared memory, which a killed one leaves behind.</summary>
    public static void End(string dataPath)
    {
        if (PostmasterFile.TryRead(dataPath) is not { } file || !file.IsServing(dataPath)) return;
        if (!OperatingSystem.IsWindows())
        {
            using var quit = Process.Start(new ProcessStartInfo("kill", ["-QUIT", $"{file.ProcessId}"]) { UseShellExecute = false })!;
            quit.WaitForExit();
            for (var waited = Stopwatch.StartNew(); waited.ElapsedMilliseconds < 2000 && file.IsAlive();) Thread.Yield();
        }

        Crash(dataPath);
    }
}
