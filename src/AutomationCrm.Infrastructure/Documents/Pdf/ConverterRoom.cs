using System.ComponentModel;
using System.Diagnostics;
using AutomationCrm.Application.Documents.Pdf;
using AutomationCrm.Infrastructure.EmbeddedPostgres;

namespace AutomationCrm.Infrastructure.Documents.Pdf;

/// <summary>
/// A folder of its own for one run of an outside program, which runs as an unprivileged account when the app is root and with an
/// environment that holds none of the app's secrets.
/// </summary>
internal sealed class ConverterRoom : IDisposable
{
    private readonly ServiceAccount? account;

    public ConverterRoom(string accountName)
    {
        try
        {
            account = ServiceAccount.Choose(accountName);
        }
        catch (EmbeddedPostgresException)
        {
            throw new PdfException(PdfException.NoConverter, "The app runs as root and there is no unprivileged account for the converter: create the account nobody, or name one in Crm__Documents__Account.", retryable: false);
        }

        Folder = Directory.CreateTempSubdirectory("crm-paper-").FullName;
        account?.Own(Folder);
    }

    public string Folder { get; }

    public async Task<string> PutAsync(string name, byte[] content, CancellationToken ct)
    {
        var path = Path.Combine(Folder, name);
        await File.WriteAllBytesAsync(path, content, ct);
        account?.Own(path);
        return path;
    }

    /// <summary>Waits for the program; it is killed with its children when the time is over. Answers its exit code and the end of what it said.</summary>
    public async Task<(int ExitCode, string Said)> RunAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        if (account is not null) start.UserName = account.Name;
        start.Environment.Clear();
        foreach (var (name, value) in Own(environment)) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            return await WatchAsync(process, ct);
        }
        catch (Win32Exception failure)
        {
            throw new PdfException(PdfException.NoConverter, $"{Path.GetFileName(program)} could not be started: {failure.Message}.", retryable: false, failure);
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A child that is still dying holds a file; the temporary folder is cleared by the system.
        }
        catch (UnauthorizedAccessException)
        {
            // The same on systems that lock open files.
        }
    }

    private static async Task<(int ExitCode, string Said)> WatchAsync(Process process, CancellationToken ct)
    {
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(ct);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }

        var text = string.Join('\n', await said).Trim();
        return (process.ExitCode, text.Length <= 500 ? text : text[^500..]);
    }

    private Dictionary<string, string> Own(IReadOnlyDictionary<string, string> more)
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = Folder, ["TMPDIR"] = Folder, ["TMP"] = Folder, ["TEMP"] = Folder, ["XDG_CONFIG_HOME"] = Folder, ["XDG_CACHE_HOME"] = Folder, ["LANG"] = "C.UTF-8" };
        foreach (var name in (ReadOnlySpan<string>)["PATH", "SystemRoot", "ProgramFiles", "FONTCONFIG_PATH", "LD_LIBRARY_PATH"])
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value) own[name] = value;
        foreach (var (name, value) in more) own[name] = value;
        return own;
    }
}
