using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace AutomationCrm.Infrastructure.Persistence;

/// <summary>One numbered SQL script of the schema; immutable once released, because databases remember its checksum.</summary>
public sealed record Migration(int Number, string Name, string Sql)
{
    private const string Folder = ".Persistence.Migrations.";

    /// <summary>SHA-256 of the script, independent of how the checkout ends its lines.</summary>
    public string Checksum => Hash(Sql.ReplaceLineEndings("\n"));

    /// <summary>The scripts <c>Persistence/Migrations/NNNN_name.sql</c> of an assembly, in order.</summary>
    public static IReadOnlyList<Migration> EmbeddedIn(Assembly assembly) =>
        [.. assembly.GetManifestResourceNames()
            .Where(name => name.Contains(Folder, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .OrderBy(m => m.Number)];

    public override string ToString() => $"{Number:0000}_{Name}.sql";

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static Migration Read(Assembly assembly, string resource)
    {
        var file = resource[(resource.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..^".sql".Length];
        var separator = file.IndexOf('_', StringComparison.Ordinal);
        if (separator != 4 || !int.TryParse(file[..separator], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new MigrationException(MigrationError.BadScripts, $"The script {file}.sql must be called NNNN_name.sql with a number of four digits.");

        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return new Migration(number, file[(separator + 1)..], reader.ReadToEnd());
    }
}
