using AutomationCrm.Infrastructure.EmbeddedPostgres;

namespace AutomationCrm.Infrastructure.Tests.EmbeddedPostgres;

public sealed class PostgresBinariesTests : ScratchFolder
{
    private static readonly ServiceAccount Account = new("someone", 12345, 12345);

    [Fact]
    public void Links_that_npm_left_out_are_put_back_in_place_once()
    {
        if (OperatingSystem.IsWindows()) return;
        var native = Package();

        Assert.Equal(native, PostgresBinaries.Prepare(native, Home(null)));
        Assert.Equal(native, PostgresBinaries.Prepare(native, Home(null)));

        Assert.Equal("libpq.so.5.18", new FileInfo(Path.Combine(native, "lib", "libpq.so.5")).LinkTarget);
        Assert.Equal("library", File.ReadAllText(Path.Combine(native, "lib", "libpq.so.5")));
    }

    [Fact]
    public void For_another_account_everything_is_copied_once_with_links_to_where_it_can_be_reached()
    {
        if (OperatingSystem.IsWindows()) return;
        var native = Package();

        var copy = PostgresBinaries.Prepare(native, Home(Account));
        Assert.Equal(copy, PostgresBinaries.Prepare(native, Home(Account)));

        Assert.StartsWith(In("service"), copy, StringComparison.Ordinal);
        Assert.Equal("library", File.ReadAllText(Path.Combine(copy, "lib", "libpq.so.5")));
        Assert.False(File.Exists(Path.Combine(native, "lib", "libpq.so.5")));
        Assert.True(File.GetUnixFileMode(copy).HasFlag(UnixFileMode.OtherRead | UnixFileMode.OtherExecute));
        Assert.True(File.GetUnixFileMode(Path.Combine(copy, "bin", "postgres")).HasFlag(UnixFileMode.OtherExecute));
        Assert.Single(Directory.EnumerateFileSystemEntries(In("service")));
    }

    [Fact]
    public void Other_binaries_are_copied_beside_the_old_ones()
    {
        if (OperatingSystem.IsWindows()) return;
        var before = PostgresBinaries.Prepare(Package(), Home(Account));
        File.WriteAllText(In("package", "native", "bin", "postgres"), "newer program");

        Assert.NotEqual(before, PostgresBinaries.Prepare(In("package", "native"), Home(Account)));
    }

    private PostgresHome Home(ServiceAccount? account) => new(In("data"), In("data"), In("service"), account);

    private string Package()
    {
        var native = In("package", "native");
        Directory.CreateDirectory(Path.Combine(native, "bin"));
        Directory.CreateDirectory(Path.Combine(native, "lib"));
        File.WriteAllText(Path.Combine(native, "bin", "postgres"), "program");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(native, "bin", "postgres"), (UnixFileMode)0b111_101_101);
        File.WriteAllText(Path.Combine(native, "lib", "libpq.so.5.18"), "library");
        File.WriteAllText(Path.Combine(native, "pg-symlinks.json"), """[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]""");
        return native;
    }
}
