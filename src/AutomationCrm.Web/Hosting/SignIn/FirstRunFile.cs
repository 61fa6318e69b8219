using System.Text.Encodings.Web;
using System.Text.Json;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>What the first run tells once: on the console and in first-run.json.</summary>
internal sealed record FirstRunNote(string Login, string Password, string SignInLink, DateTimeOffset SignInLinkExpiresAt, string WebhookUrl);

/// <summary>The file first-run.json in the data directory, readable by its owner only.</summary>
internal static class FirstRunFile
{
    public const string Name = "first-run.json";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the file in one step; nobody else can read it at any moment.</summary>
    public static async Task WriteAsync(string dataDirectory, FirstRunNote note, CancellationToken ct)
    {
        Directory.CreateDirectory(dataDirectory);
        var path = Path.Combine(dataDirectory, Name);
        var building = path + ".new";
        File.Delete(building);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        await using (var file = new FileStream(building, options))
        {
            await JsonSerializer.SerializeAsync(file, note, Format, ct);
            file.Flush(flushToDisk: true);
        }

        File.Move(building, path, overwrite: true);
    }
}
