using System.Runtime.InteropServices;

namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>The part of the npm package's name that stands for the machine: linux-x64, darwin-arm64, …</summary>
internal static class PostgresPlatform
{
    public static string Current =>
        Of(RuntimeInformation.RuntimeIdentifier, OperatingSystemName(), RuntimeInformation.OSArchitecture);

    public static string Of(string runtimeIdentifier, string system, Architecture architecture)
    {
        // The packaged programs are linked against glibc; musl (Alpine) cannot load them.
        var musl = runtimeIdentifier.Contains("musl", StringComparison.Ordinal);
        var name = (system, architecture) switch
        {
            ("linux", Architecture.X64) when !musl => "linux-x64",
            ("linux", Architecture.Arm64) when !musl => "linux-arm64",
            ("darwin", Architecture.X64) => "darwin-x64",
            ("darwin", Architecture.Arm64) => "darwin-arm64",
            ("windows", Architecture.X64) => "windows-x64",
            _ => null,
        };
        return name ?? throw new EmbeddedPostgresException(
            EmbeddedPostgresError.UnknownPlatform,
            $"There is no embedded PostgreSQL for {system} on {architecture} ({runtimeIdentifier}). Install PostgreSQL 18 and name it in ConnectionStrings__Crm.");
    }

    public static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;

    private static string OperatingSystemName() =>
        OperatingSystem.IsLinux() ? "linux"
        : OperatingSystem.IsMacOS() ? "darwin"
        : OperatingSystem.IsWindows() ? "windows"
        : RuntimeInformation.OSDescription;
}
