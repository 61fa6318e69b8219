using AutomationCrm.Infrastructure.EmbeddedPostgres;
using AutomationCrm.Testing;

namespace AutomationCrm.Infrastructure.Tests.EmbeddedPostgres;

/// <summary>A data directory of one test, with a name that wants quotes; whatever server is left in it is ended with the test.</summary>
public abstract class ScratchFolder : IAsyncLifetime
{
    private ThrowAwayFolder _folder = null!;

    protected string Folder => Path.Combine(_folder.Path, "it's the data folder");

    protected string DataPath => In("postgres");

    internal EmbeddedPostgresOptions Options => TestPostgres.Options(Folder);

    internal PostmasterFile Postmaster => PostmasterFile.TryRead(DataPath) ?? throw new InvalidOperationException("No server serves the folder.");

    public async Task InitializeAsync()
    {
        _folder = await ThrowAwayFolder.CreateAsync();
        PostgresHome.CreateReachable(Folder);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    protected string In(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);
}
