using AutomationCrm.Infrastructure.EmbeddedPostgres;

namespace AutomationCrm.Testing;

/// <summary>A folder for the database of one test process. Its lock dies with the process, so the next run recognises what a crashed one left behind.</summary>
internal sealed class ThrowAwayFolder
{
    private readonly IDisposable _owner;

    private ThrowAwayFolder(string path, IDisposable owner) => (Path, _owner) = (path, owner);

    public string Path { get; }

    private static string Base => System.IO.Path.Combine(System.IO.Path.GetTempPath(), "automationcrm-tests-" + Environment.UserName);

    public static async Task<ThrowAwayFolder> CreateAsync()
    {
        PostgresHome.CreateReachable(Base);
        using var gate = await FileLock.ExclusiveAsync(System.IO.Path.Combine(Base, "lock"), TimeSpan.FromSeconds(60), CancellationToken.None);
        foreach (var left in Directory.EnumerateDirectories(Base))
        {
            using var owner = FileLock.TryExclusive(OwnerLock(left));
            if (owner is not null) Remove(left);
        }

        var path = System.IO.Path.Combine(Base, Guid.CreateVersion7().ToString("N"));
        PostgresHome.CreateReachable(path);
        return new ThrowAwayFolder(path, FileLock.TryExclusive(OwnerLock(path))!);
    }

    /// <summary>At process exit: the runner waits only a moment, so the server is told to end at once and not waited for.</summary>
    public void DeleteWithServer()
    {
        Remove(Path);
        _owner.Dispose();
    }

    private static string OwnerLock(string folder) => System.IO.Path.Combine(folder, "owner.lock");

    private static void Remove(string folder)
    {
        try
        {
            PostmasterFile.TryRead(System.IO.Path.Combine(folder, "postgres"))?.KillIfServing(System.IO.Path.Combine(folder, "postgres"));
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The server's last process still writes; the next run removes what is left.
        }
    }
}
