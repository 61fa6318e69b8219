using System.Diagnostics;
using System.Globalization;

namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>The file postmaster.pid: which process serves a data directory, on which port, in which state.</summary>
internal sealed record PostmasterFile(int ProcessId, string DataPath, long StartedAt, int Port, string Status)
{
    public bool IsReady => Status == "ready";

    public static string PathIn(string dataPath) => Path.Combine(dataPath, "postmaster.pid");

    public static PostmasterFile? TryRead(string dataPath)
    {
        try
        {
            var lines = File.ReadAllLines(PathIn(dataPath));
            string Line(int index) => index < lines.Length ? lines[index].Trim() : "";
            long Number(int index) => long.TryParse(Line(index), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
            return Number(0) == 0 ? null : new PostmasterFile((int)Math.Abs(Number(0)), Line(1), Number(2), (int)Number(3), Line(7));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>True when the named process lives, is a PostgreSQL server and serves this data directory (not a copy of its files).</summary>
    public bool IsServing(string dataPath) =>
        string.Equals(Path.GetFullPath(DataPath), Path.GetFullPath(dataPath), OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
        && IsAlive();

    public bool IsAlive()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) && !IsZombie();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private bool IsZombie()
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            var stat = File.ReadAllText($"/proc/{ProcessId}/stat");
            return stat.AsSpan(stat.LastIndexOf(')') + 1).TrimStart().StartsWith("Z");
        }
        catch (IOException)
        {
            return true;
        }
    }
}
