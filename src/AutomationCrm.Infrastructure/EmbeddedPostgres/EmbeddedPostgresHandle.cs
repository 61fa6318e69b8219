using Microsoft.Extensions.Logging;

namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>A running embedded server; restarts it on the same port when it dies, stops it when the last user disposes.</summary>
public sealed class EmbeddedPostgresHandle : IAsyncDisposable
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(1);

    private readonly EmbeddedPostgresServer _server;
    private readonly IDisposable _use;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _disposing = new();
    private readonly Task _watch;
    private int _disposed;

    internal EmbeddedPostgresHandle(EmbeddedPostgresServer server, IDisposable use, ILogger logger)
    {
        (_server, _use, _logger) = (server, use, logger);
        ConnectionString = PostgresAccess.ConnectionString(server.Credentials);
        AdministratorConnectionString = PostgresAccess.AdministratorConnectionString(server.Credentials);
        _watch = WatchAsync(_disposing.Token);
    }

    /// <summary>The app's role and database; holds a password.</summary>
    public string ConnectionString { get; }

    /// <summary>The superuser, for upkeep and tests; the app never works under it.</summary>
    public string AdministratorConnectionString { get; }

    public int Port => _server.Credentials.Port;

    /// <summary>PostgreSQL's data directory.</summary>
    public string DataPath => _server.Home.DataPath;

    internal PostgresHome Home => _server.Home;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _disposing.CancelAsync();
        await _watch;
        await _server.ReleaseAsync(_use);
        _disposing.Dispose();
    }

    private async Task WatchAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(WatchEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
                if (!_server.IsRunning)
                    await RestartAsync(ct);
        }
        catch (OperationCanceledException)
        {
            // The handle is being disposed.
        }
    }

    private async Task RestartAsync(CancellationToken ct)
    {
        try
        {
            _logger.LogError("The PostgreSQL server of {DataPath} has ended; it is started again", DataPath);
            await _server.RestartAsync(ct);
        }
        catch (EmbeddedPostgresException e)
        {
            _logger.LogError(e, "PostgreSQL could not be started again ({Code}); the next try follows", e.Code);
        }
    }
}
