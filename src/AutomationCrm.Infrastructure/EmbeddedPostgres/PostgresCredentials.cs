using System.Security.Cryptography;
using System.Text.Json;

namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>What the next start must know: passwords, port and place. Kept in the data directory, readable by the app's account only.</summary>
internal sealed record PostgresCredentials(string DataDirectory, string Home, int Port, string AdministratorPassword, string Password)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static PostgresCredentials LoadOrCreate(PostgresHome home)
    {
        var known = TryRead(home.CredentialsPath);
        return known?.Home == home.Home
            ? known with { DataDirectory = home.DataDirectory }
            : new PostgresCredentials(home.DataDirectory, home.Home, 0, Secret(), Secret());
    }

    /// <summary>Null when there is none or it is damaged; new passwords are set in the database then.</summary>
    public static PostgresCredentials? TryRead(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            var read = JsonSerializer.Deserialize<PostgresCredentials>(PostgresFailure.Guard(path, () => File.ReadAllBytes(path)), Json);
            return read is { DataDirectory: not null, Home: not null, AdministratorPassword.Length: > 0, Password.Length: > 0 } ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Save(string path) => PostgresFailure.Guard(path, () =>
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(stream, this, Json);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    });

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
