using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using AutomationCrm.Infrastructure.EmbeddedPostgres;

namespace AutomationCrm.Infrastructure.Tests.EmbeddedPostgres;

public sealed class EmbeddedPostgresErrorTests : ScratchFolder
{
    [Fact]
    public async Task Port_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await Fails(EmbeddedPostgresError.PortTaken, Options with { Port = port }, $"Port {port}", "Crm__EmbeddedPostgres__Port");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(80)]
    [InlineData(65536)]
    public async Task Port_that_is_none(int port) =>
        await Fails(EmbeddedPostgresError.PortOutOfRange, Options with { Port = port }, $"is {port};", "Crm__EmbeddedPostgres__Port");

    [Fact]
    public async Task A_remembered_port_that_another_program_took_is_replaced_by_a_free_one()
    {
        int port;
        await using (var first = await EmbeddedPostgresServer.StartAsync(Options)) port = first.Port;
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();

        await using var second = await EmbeddedPostgresServer.StartAsync(Options);

        Assert.NotEqual(port, second.Port);
        Assert.Equal(1, await Sql.RunAsync(second.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task Data_directory_that_cannot_be_made()
    {
        File.WriteAllText(In("file"), "");

        await Fails(EmbeddedPostgresError.DataDirectoryNotWritable, Options with { DataDirectory = In("file", "data") }, "cannot be written", "Crm__DataDirectory");
    }

    [Fact]
    public async Task Data_directory_without_the_right_to_write()
    {
        // Root may write everywhere but in the kernel's own folders.
        if (OperatingSystem.IsWindows()) return;
        var path = Environment.IsPrivilegedProcess ? "/proc/automationcrm" : In("closed");
        if (!Environment.IsPrivilegedProcess) Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await Fails(EmbeddedPostgresError.DataDirectoryNotWritable, Options with { DataDirectory = path }, path, Environment.UserName, "Crm__DataDirectory");
    }

    [Fact]
    public async Task Data_directory_with_a_name_that_a_shell_would_change()
    {
        if (OperatingSystem.IsWindows()) return;

        await Fails(EmbeddedPostgresError.UnusablePath, Options with { DataDirectory = In("$HOME"), HomeDirectory = In("$HOME") }, "$HOME", "Crm__DataDirectory");
    }

    [Fact]
    public async Task Data_directory_of_another_major_version()
    {
        Directory.CreateDirectory(DataPath);
        File.WriteAllText(In("postgres", "PG_VERSION"), "17\n");

        await Fails(EmbeddedPostgresError.OtherMajorVersion, Options, "PostgreSQL 17", "pg_dump");
    }

    [Fact]
    public async Task Data_directory_with_something_else_in_it()
    {
        Directory.CreateDirectory(DataPath);
        File.WriteAllText(In("postgres", "letter.txt"), "not a database");

        await Fails(EmbeddedPostgresError.DataDirectoryDamaged, Options, DataPath, "PG_VERSION");
        Assert.True(File.Exists(In("postgres", "letter.txt")));
    }

    [Fact]
    public async Task Npm_packages_missing() =>
        await Fails(EmbeddedPostgresError.BinariesMissing, Options with { ContentRoot = Folder }, "Node.js", "npm ci", "ConnectionStrings__Crm");

    [Fact]
    public async Task Binaries_directory_without_binaries() =>
        await Fails(EmbeddedPostgresError.BinariesMissing, Options with { BinariesDirectory = Folder }, "Crm__EmbeddedPostgres__BinariesDirectory", Folder);

    [Fact]
    public async Task Server_that_refuses_its_settings_is_told_by_its_log()
    {
        File.WriteAllText(In("postgres.local.conf"), "no_such_setting = 1\n");

        await Fails(EmbeddedPostgresError.StartFailed, Options, "no_such_setting", "postgres.log");
    }

    [Fact]
    public async Task Account_that_does_not_exist()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return;

        await Fails(EmbeddedPostgresError.NoUnprivilegedAccount, Options with { Account = "no-such-account" }, "no-such-account");
        await Fails(EmbeddedPostgresError.NoUnprivilegedAccount, Options with { Account = "root" }, "root");
    }

    [Fact]
    public async Task Disk_full()
    {
        // A full disk can be made by root alone; what the server and initdb say about one is asserted below for everybody.
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return;
        var small = Directory.CreateDirectory(In("small")).FullName;
        if (await Run("mount", "-t", "tmpfs", "-o", "size=16m,mode=755", "tmpfs", small) != 0) return;
        try
        {
            await Fails(EmbeddedPostgresError.DiskFull, Options with { DataDirectory = small, HomeDirectory = small }, small, "full");
        }
        finally
        {
            await Run("umount", small);
        }
    }

    [Theory]
    [InlineData("initdb: error: could not write file \"base/1/1255\": No space left on device", EmbeddedPostgresError.DiskFull)]
    [InlineData("FATAL:  could not write lock file \"postmaster.pid\": No space left on device", EmbeddedPostgresError.DiskFull)]
    [InlineData("LOG:  could not bind IPv4 address \"127.0.0.1\": Address already in use", EmbeddedPostgresError.PortTaken)]
    [InlineData("FATAL:  database files are incompatible with server", EmbeddedPostgresError.OtherMajorVersion)]
    [InlineData("FATAL:  could not open file \"global/pg_control\": Permission denied", EmbeddedPostgresError.DataDirectoryNotWritable)]
    [InlineData("FATAL:  data directory \"/d\" has wrong ownership", EmbeddedPostgresError.DataDirectoryNotWritable)]
    [InlineData("FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use", EmbeddedPostgresError.DataDirectoryInUse)]
    [InlineData("FATAL:  something new", EmbeddedPostgresError.StartFailed)]
    public void What_the_server_says_becomes_a_code(string output, object code) =>
        Assert.Equal(code, PostgresFailure.Translate(output, new PostgresHome("/d", "/d", "/s", null), 5432).Code);

    [Theory]
    [InlineData("debian-x64", "linux", Architecture.X64, "linux-x64")]
    [InlineData("linux-arm64", "linux", Architecture.Arm64, "linux-arm64")]
    [InlineData("osx-arm64", "darwin", Architecture.Arm64, "darwin-arm64")]
    [InlineData("osx-x64", "darwin", Architecture.X64, "darwin-x64")]
    [InlineData("win-x64", "windows", Architecture.X64, "windows-x64")]
    public void Known_platforms(string identifier, string system, Architecture architecture, string expected) =>
        Assert.Equal(expected, PostgresPlatform.Of(identifier, system, architecture));

    [Theory]
    [InlineData("linux-musl-x64", "linux", Architecture.X64)]
    [InlineData("win-arm64", "windows", Architecture.Arm64)]
    [InlineData("linux-s390x", "linux", Architecture.S390x)]
    [InlineData("freebsd-x64", "FreeBSD", Architecture.X64)]
    public void Unknown_platforms(string identifier, string system, Architecture architecture)
    {
        var e = Assert.Throws<EmbeddedPostgresException>(() => PostgresPlatform.Of(identifier, system, architecture));

        Assert.Equal(EmbeddedPostgresError.UnknownPlatform, e.Code);
        Assert.Contains("ConnectionStrings__Crm", e.Message, StringComparison.Ordinal);
    }

    private static async Task Fails(EmbeddedPostgresError code, EmbeddedPostgresOptions options, params string[] says)
    {
        var e = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => EmbeddedPostgresServer.StartAsync(options));

        Assert.Equal(code, e.Code);
        Assert.All(says, text => Assert.Contains(text, e.Message, StringComparison.Ordinal));
    }

    private static async Task<int> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
