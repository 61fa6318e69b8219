using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>Where one embedded database lies and who runs it. <see cref="Home"/> belongs to the app, only <see cref="DataPath"/> and the log to the server's account.</summary>
internal sealed record PostgresHome(string DataDirectory, string Home, string ServiceDirectory, ServiceAccount? Account)
{
    private static readonly SearchValues<char> ShellCharacters = SearchValues.Create("\"$`\\\n\r");

    public string DataPath => Path.Combine(Home, "postgres");
    public string NewDataPath => Path.Combine(Home, "postgres.new");
    public string ConfigPath => Path.Combine(Home, "postgres.conf");
    public string LocalConfigPath => Path.Combine(Home, "postgres.local.conf");
    public string AccessPath => Path.Combine(Home, "postgres.hba.conf");
    public string LogPath => Path.Combine(Home, "postgres.log");
    public string StartLock => Path.Combine(Home, "postgres.start.lock");
    public string UsersLock => Path.Combine(Home, "postgres.users.lock");
    public string CredentialsPath => CredentialsIn(DataDirectory);

    public static PostgresHome Prepare(EmbeddedPostgresOptions options)
    {
        var account = ServiceAccount.Choose(options.Account);
        var data = Path.GetFullPath(options.DataDirectory);
        var service = Path.GetFullPath(options.ServiceDirectory);
        PostgresFailure.Guard(data, () => Directory.CreateDirectory(data));
        PostgresFailure.Guard(data, () => Probe(data));

        var home = options.HomeDirectory is { } fixedHome ? Path.GetFullPath(fixedHome)
            : account is null ? data
            : HomeForRoot(data, service, account.Name == options.Account);
        CheckName(home);
        PostgresFailure.Guard(home, () => CreateReachable(home));
        return new PostgresHome(data, home, service, account);
    }

    /// <summary>Folders under the service directory can be entered by everybody; what is secret in them has an owner of its own.</summary>
    public static void CreateReachable(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, (UnixFileMode)0b111_101_101);
    }

    private static string HomeForRoot(string data, string service, bool accountIsNamed)
    {
        if (File.Exists(Path.Combine(data, "postgres", "PG_VERSION")))
            return accountIsNamed ? data : throw new EmbeddedPostgresException(
                EmbeddedPostgresError.DataDirectoryOfAnotherAccount,
                $"{data} holds a database that an ordinary user made. Start the app as that user, or name the user in Crm__EmbeddedPostgres__Account.");

        // A data directory that was moved keeps its database; a copy beside the original gets its own.
        var known = PostgresCredentials.TryRead(CredentialsIn(data));
        if (known?.Home is { } home && Directory.Exists(home)
            && (known.DataDirectory == data || !File.Exists(CredentialsIn(known.DataDirectory))))
            return home;

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..12];
        return Path.Combine(service, "data-" + hash);
    }

    /// <summary>initdb and pg_ctl hand paths to a shell inside double quotes.</summary>
    private static void CheckName(string path)
    {
        if (OperatingSystem.IsWindows() || path.AsSpan().IndexOfAny(ShellCharacters) < 0) return;
        throw new EmbeddedPostgresException(
            EmbeddedPostgresError.UnusablePath,
            $"PostgreSQL's tools cannot work in {path}: its name contains one of \" $ ` \\ or a line break. Set Crm__DataDirectory to another folder.");
    }

    private static void Probe(string folder)
    {
        var path = Path.Combine(folder, $".probe-{Environment.ProcessId}-{Guid.CreateVersion7():N}");
        File.WriteAllText(path, "writable");
        File.Delete(path);
    }

    private static string CredentialsIn(string dataDirectory) => Path.Combine(dataDirectory, "embedded-postgres.json");
}
