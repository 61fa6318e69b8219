using System.Diagnostics;

namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>A lock between processes that the operating system drops when its holder dies.</summary>
internal static class FileLock
{
    public static async Task<IDisposable> ExclusiveAsync(string path, TimeSpan timeout, CancellationToken ct)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            if (TryExclusive(path) is { } taken) return taken;
            if (waited.Elapsed > timeout)
                throw new EmbeddedPostgresException(
                    EmbeddedPostgresError.Timeout,
                    $"Another process has held {path} for {timeout.TotalSeconds:0} s. Stop the other start of this app or remove the process that hangs.");
            await Task.Delay(25, ct);
        }
    }

    public static IDisposable? TryExclusive(string path) => Open(path, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Any number of processes may share; nobody can take the same lock exclusively meanwhile.</summary>
    public static IDisposable? TryShared(string path) => Open(path, FileAccess.Read, FileShare.Read);

    private static FileStream? Open(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, access, share, bufferSize: 1);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException) && !PostgresFailure.IsDiskFull(e))
        {
            return null;
        }
    }
}
