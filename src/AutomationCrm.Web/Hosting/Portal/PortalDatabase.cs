using AutomationCrm.Infrastructure.EmbeddedPostgres;

namespace AutomationCrm.Web.Hosting.Portal;

/// <summary>The database this process works on: the configured one, or the app's own PostgreSQL.</summary>
internal sealed class PortalDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgresHandle? embedded;

    private PortalDatabase(string connectionString, EmbeddedPostgresHandle? embedded) => (ConnectionString, this.embedded) = (connectionString, embedded);

    public string ConnectionString { get; }

    public static async Task<PortalDatabase> OpenAsync(IConfiguration configuration, CrmOptions options, string contentRoot, ILogger log)
    {
        if (configuration.GetConnectionString("Crm") is { Length: > 0 } configured) return new(configured, null);

        var handle = await EmbeddedPostgresServer.StartAsync(new()
        {
            DataDirectory = options.DataDirectory,
            ContentRoot = contentRoot,
            BinariesDirectory = configuration["Crm:EmbeddedPostgres:BinariesDirectory"],
            Port = configuration.GetValue<int?>("Crm:EmbeddedPostgres:Port"),
            ServiceDirectory = configuration["Crm:EmbeddedPostgres:ServiceDirectory"] is { Length: > 0 } folder ? folder : EmbeddedPostgresOptions.DefaultServiceDirectory,
            Account = configuration["Crm:EmbeddedPostgres:Account"],
            Logger = log,
        });
        return new(handle.ConnectionString, handle);
    }

    public ValueTask DisposeAsync() => embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
