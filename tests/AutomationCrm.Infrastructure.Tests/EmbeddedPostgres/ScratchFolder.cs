using AutomationCrm.Infrastructure.EmbeddedPostgres;
using AutomationCrm.Testing;

namespace AutomationCrm.Infrastructure.Tests.EmbeddedPostgres;

/// <summary>A data directory of one test; whatever server is left in it is ended with the test.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder()
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"automationcrm 'scratch' {Guid.CreateVersion7():N}");
        PostgresHome.CreateReachable(Path);
    }

    public string Path { get; }

    public string DataPath => In("postgres");

    public EmbeddedPostgresOptions Options => TestPostgres.Options(Path);

    public string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    public PostmasterFile Postmaster => PostmasterFile.TryRead(DataPath) ?? throw new InvalidOperationException("No server serves the folder.");

    public void Dispose()
    {
        PostmasterFile.TryRead(DataPath)?.KillIfServing(DataPath);
        for (var attempt = 1; Directory.Exists(Path); attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException) when (attempt < 50)
            {
                // The last processes of a killed server still write.
            }
        }
    }
}
