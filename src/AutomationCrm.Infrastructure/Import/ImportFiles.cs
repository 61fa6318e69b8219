using System.Globalization;
using System.Security.Cryptography;
using AutomationCrm.Application.Import;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Import;

/// <summary>Files of imports in the data directory. All names are made here; nothing of a caller's text becomes a path.</summary>
internal sealed class ImportFiles(IOptions<ImportOptions> options, TimeProvider clock) : IImportFiles
{
    private const int BufferSize = 64 * 1024;

    public string CreateFolder()
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        CreatePrivate(PathOf(name));
        return name;
    }

    public async Task<bool> SaveAsync(string folder, int number, Stream content, long most, CancellationToken ct)
    {
        var path = FileOf(folder, number);
        await using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 0 }))
        {
            var buffer = new byte[BufferSize];
            for (var length = 0L; ;)
            {
                var read = await content.ReadAsync(buffer, ct);
                if (read == 0) return true;

                length += read;
                if (length > most) break;
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }

        File.Delete(path);
        return false;
    }

    public Stream Open(string folder, int number) => new FileStream(FileOf(folder, number), FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public IReadOnlyList<string> Folders() =>
        Directory.Exists(options.Value.Folder) ? [.. Directory.EnumerateDirectories(options.Value.Folder).Select(d => Path.GetFileName(d)).Where(IsName)] : [];

    public void Delete(string folder)
    {
        if (Directory.Exists(PathOf(folder))) Directory.Delete(PathOf(folder), recursive: true);
    }

    public void DeleteAbandoned(IReadOnlySet<string> wanted, TimeSpan age)
    {
        foreach (var folder in Folders())
            if (!wanted.Contains(folder) && clock.GetUtcNow().UtcDateTime - Directory.GetLastWriteTimeUtc(PathOf(folder)) > age) Delete(folder);
    }

    private static bool IsName(string name) => name.Length == 32 && name.All(char.IsAsciiHexDigitLower);

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string PathOf(string folder) =>
        IsName(folder) ? Path.Combine(options.Value.Folder, folder) : throw new ArgumentException("Not a folder of ours.", nameof(folder));

    private string FileOf(string folder, int number) => Path.Combine(PathOf(folder), number.ToString(CultureInfo.InvariantCulture) + ".csv");
}
