namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>The files of the database: made by initdb, configured before each start.</summary>
internal sealed class PostgresCluster(PostgresHome home, PostgresTool tool)
{
    public const string Administrator = "postgres";

    public async Task EnsureInitialisedAsync(PostgresCredentials credentials, bool durable, CancellationToken ct)
    {
        if (Directory.Exists(home.DataPath) && Directory.EnumerateFileSystemEntries(home.DataPath).Any()) CheckVersion();
        else await InitialiseAsync(credentials, durable, ct);
    }

    public void Configure(int port, bool durable) => PostgresFailure.Guard(home.Home, () =>
    {
        File.WriteAllText(home.ConfigPath, PostgresSettings.Build(port, durable, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, home.LocalConfigPath));
        File.WriteAllText(home.AccessPath, PostgresSettings.Access);
        RotateLog();
    });

    /// <summary>Sets the administrator's password without a server, for the day the credentials file is lost.</summary>
    public async Task ResetPasswordAsync(PostgresCredentials credentials, CancellationToken ct)
    {
        var (exit, output) = await tool.RunAsync(
            "postgres",
            ["--single", "-D", home.DataPath, "-c", $"config_file={home.ConfigPath}", "-c", "log_min_messages=fatal", "postgres"],
            ct,
            $"ALTER ROLE {Administrator} PASSWORD '{credentials.AdministratorPassword}'\n");
        if (exit != 0) throw PostgresFailure.Translate(output, home, port: null);
    }

    private void CheckVersion()
    {
        var file = Path.Combine(home.DataPath, "PG_VERSION");
        if (!File.Exists(file))
            throw new EmbeddedPostgresException(
                EmbeddedPostgresError.DataDirectoryDamaged,
                $"{home.DataPath} is not empty but holds no PostgreSQL database (PG_VERSION is missing). Move the folder away or restore it from a backup.");

        var found = PostgresFailure.Guard(file, () => File.ReadAllText(file)).Trim();
        if (found != $"{PostgresBinaries.Major}") throw PostgresFailure.OtherMajor(home.DataPath, found);
    }

    /// <summary>Made under another name and renamed when whole, so that a killed first start leaves nothing half done.</summary>
    private async Task InitialiseAsync(PostgresCredentials credentials, bool durable, CancellationToken ct)
    {
        var passwordFile = Path.Combine(home.Home, "postgres.password");
        PostgresFailure.Guard(home.Home, () =>
        {
            if (Directory.Exists(home.NewDataPath)) Directory.Delete(home.NewDataPath, recursive: true);
            CreatePrivateFolder(home.NewDataPath);
            WritePrivateFile(passwordFile, credentials.AdministratorPassword);
        });
        try
        {
            // The builtin provider sorts by code point and folds case by Unicode, the same on every system, whatever libc or ICU it has.
            string[] arguments =
            [
                "-D", home.NewDataPath, "--username", Administrator, "--pwfile", passwordFile, "--auth", "scram-sha-256",
                "--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--no-instructions",
            ];
            // One syncfs takes a second less than a thousand fsyncs.
            string[] sync = !durable ? ["--no-sync"] : OperatingSystem.IsLinux() ? ["--sync-method=syncfs"] : [];
            var (exit, output) = await tool.RunAsync("initdb", [.. arguments, .. sync], ct);
            if (exit != 0) throw PostgresFailure.Translate(output, home, port: null);
            PostgresFailure.Guard(home.DataPath, () =>
            {
                if (Directory.Exists(home.DataPath)) Directory.Delete(home.DataPath);
                Directory.Move(home.NewDataPath, home.DataPath);
            });
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    private void RotateLog()
    {
        var log = new FileInfo(home.LogPath);
        if (log is { Exists: true, Length: > 10_000_000 }) log.MoveTo(home.LogPath + ".old", overwrite: true);
        if (!File.Exists(home.LogPath)) WritePrivateFile(home.LogPath, "");
    }

    private void CreatePrivateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        home.Account?.Own(path);
    }

    private void WritePrivateFile(string path, string text)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(path, options)) writer.Write(text);
        home.Account?.Own(path);
    }
}
