using System.Diagnostics;
using AutomationCrm.Infrastructure.EmbeddedPostgres;

namespace AutomationCrm.Testing;

/// <summary>A folder for databases of one test process, in memory where the machine has room. Its lock dies with the process, so the next run recognises what a crashed one left behind.</summary>
internal sealed class ThrowAwayFolder : IDisposable
{
    private const long EnoughMemory = 2L * 1024 * 1024 * 1024;

    /// <summary>Its input is a pipe from this process, which the system closes at the end.</summary>
    private const string CleanWhenInputEnds = """
        trap '' HUP INT TERM
        exec >/dev/null 2>&1
        read -r _
        pid="$(head -n 1 "$1/postgres/postmaster.pid")"
        kill -QUIT "$pid"
        for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" || break; sleep 0.1; done
        for i in 1 2 3 4 5 6 7 8 9 10; do rm -rf "$1" && exit; sleep 0.1; done
        """;

    private readonly IDisposable _owner;
    private Process? _cleaner;

    private ThrowAwayFolder(string path, IDisposable owner) => (Path, _owner) = (path, owner);

    public string Path { get; }

    /// <summary>Cloning a database makes hundreds of files: 40 ms in memory, ten times that on a disk.</summary>
    private static string Base(bool onDisk)
    {
        const string memory = "/dev/shm";
        var place = !onDisk && OperatingSystem.IsLinux() && Directory.Exists(memory) && new DriveInfo(memory).AvailableFreeSpace > EnoughMemory ? memory : System.IO.Path.GetTempPath();
        return System.IO.Path.Combine(place, "automationcrm-tests-" + Environment.UserName);
    }

    /// <param name="onDisk">For data that must survive what tests do to its server, and for figures.</param>
    public static async Task<ThrowAwayFolder> CreateAsync(bool onDisk = false)
    {
        var parent = Base(onDisk);
        PostgresHome.CreateReachable(parent);
        using var gate = await FileLock.ExclusiveAsync(System.IO.Path.Combine(parent, "lock"), TimeSpan.FromSeconds(60), CancellationToken.None);
        foreach (var left in Directory.EnumerateDirectories(parent)) RemoveIfAbandoned(left);

        var path = System.IO.Path.Combine(parent, Guid.CreateVersion7().ToString("N"));
        PostgresHome.CreateReachable(path);
        return new ThrowAwayFolder(path, FileLock.TryExclusive(OwnerLock(path))!);
    }

    /// <summary>Ends the servers in it without care for their data and deletes everything.</summary>
    public void Dispose()
    {
        Remove(Path);
        _owner.Dispose();
        _cleaner?.Dispose();
    }

    /// <summary>Has it cleaned when this process ends, however it ends: a test runner grants no time for it at its exit.</summary>
    public void CleanAtExit()
    {
        if (OperatingSystem.IsWindows()) AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        else _cleaner = Process.Start(new ProcessStartInfo("sh", ["-c", CleanWhenInputEnds, "sh", Path]) { UseShellExecute = false, RedirectStandardInput = true });
    }

    private static string OwnerLock(string folder) => System.IO.Path.Combine(folder, "owner.lock");

    private static void RemoveIfAbandoned(string folder)
    {
        using var owner = FileLock.TryExclusive(OwnerLock(folder));
        if (owner is not null) Remove(folder);
    }

    private static void KillServers(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).ToList())
            ServerKiller.End(System.IO.Path.GetDirectoryName(file)!);
    }

    private static void Remove(string folder)
    {
        KillServers(folder);

        // The killed server's processes may still write for a moment; what is left then, the next run removes.
        for (var waited = Stopwatch.StartNew(); waited.ElapsedMilliseconds < 1000;)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Thread.Yield();
            }
        }
    }
}
