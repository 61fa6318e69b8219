namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>Turns what initdb, the server's log or the file system said into an error with an advice.</summary>
internal static class PostgresFailure
{
    private const int UnixNoSpace = 28;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static EmbeddedPostgresException Translate(string output, PostgresHome home, int? port)
    {
        var tail = Tail(output);
        bool Says(string text) => output.Contains(text, StringComparison.OrdinalIgnoreCase);

        if (Says("No space left on device") || Says("Disk quota exceeded")) return DiskFull(home.Home, null, tail);
        if (Says("could not bind") || Says("Address already in use") || Says("could not create any TCP/IP sockets"))
            return PortTaken(port);
        if (Says("pre-existing shared memory block") || Says("lock file \"postmaster.pid\" already exists"))
            return new(EmbeddedPostgresError.DataDirectoryInUse, $"Processes of an earlier PostgreSQL server still use {home.DataPath}. End them and start again. The log says: {tail}");
        if (Says("is incompatible with server") || Says("database files are incompatible"))
            return new(EmbeddedPostgresError.OtherMajorVersion, $"The database in {home.DataPath} was made by another PostgreSQL. {MajorAdvice}");
        if (Says("could not open file") && Says("Permission denied") || Says("could not access directory") || Says("could not change permissions")
            || Says("Read-only file system") || Says("could not create directory") || Says("has wrong ownership"))
            return NotWritable(home.DataPath, null, tail, home.Account?.Name);
        return new(EmbeddedPostgresError.StartFailed, $"The embedded PostgreSQL did not start. Its whole log is {home.LogPath}; it ends with: {tail}");
    }

    /// <summary>Runs file work; a full disk or a missing right becomes the typed error.</summary>
    public static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (IOException e) when (IsDiskFull(e))
        {
            throw DiskFull(path, e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw NotWritable(path, e);
        }
    }

    public static void Guard(string path, Action work) => Guard(path, () =>
    {
        work();
        return true;
    });

    public static bool IsDiskFull(IOException e) => e.HResult is UnixNoSpace or WindowsDiskFull;

    public static EmbeddedPostgresException PortTaken(int? port) => new(
        EmbeddedPostgresError.PortTaken,
        $"Port {port} is used by another program. Stop it, set Crm__EmbeddedPostgres__Port to a free port, or leave the setting out and a free one is chosen.");

    public static EmbeddedPostgresException OtherMajor(string path, string found) => new(
        EmbeddedPostgresError.OtherMajorVersion,
        $"The database in {path} was made by PostgreSQL {found}, this program brings {PostgresBinaries.Major}. {MajorAdvice}");

    private const string MajorAdvice =
        "Move its content with pg_dump and pg_restore, point ConnectionStrings__Crm at a server of that version, or set Crm__DataDirectory to an empty folder.";

    private static EmbeddedPostgresException DiskFull(string path, Exception? inner, string? tail = null) => new(
        EmbeddedPostgresError.DiskFull,
        $"The disk that holds {path} is full. Free some space (100 MB at least) or set Crm__DataDirectory to another disk; the data is unharmed." + Said(tail ?? inner?.Message),
        inner);

    private static EmbeddedPostgresException NotWritable(string path, Exception? inner, string? tail = null, string? account = null) => new(
        EmbeddedPostgresError.DataDirectoryNotWritable,
        $"{path} cannot be written by the account {account ?? Environment.UserName}. Give the folder to that account, or set Crm__DataDirectory (as root also Crm__EmbeddedPostgres__ServiceDirectory) to a folder that it owns." + Said(tail ?? inner?.Message),
        inner);

    private static string Said(string? text) => text is null ? "" : $" The system said: {text}";

    private static string Tail(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "(nothing)" : string.Join(" | ", lines.TakeLast(4));
    }
}
