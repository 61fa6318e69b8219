using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>The app's own PostgreSQL 18 (DESIGN D3): started when no connection string is given, stopped with the last process that uses it.</summary>
public sealed class EmbeddedPostgresServer
{
    private const int PortAttempts = 5;

    private EmbeddedPostgresOptions _options;
    private readonly PostgresHome _home;
    private readonly PostgresCluster _cluster;
    private readonly PostgresProcess _process;
    private PostgresCredentials _credentials;

    private EmbeddedPostgresServer(EmbeddedPostgresOptions options, PostgresHome home, string binaries)
    {
        var tool = new PostgresTool(Path.Combine(binaries, "bin"), home);
        (_options, _home, _cluster, _process) = (options, home, new PostgresCluster(home, tool), new PostgresProcess(home, tool));
        _credentials = PostgresCredentials.LoadOrCreate(home);
    }

    internal PostgresHome Home => _home;

    internal PostgresCredentials Credentials => _credentials;

    internal bool IsRunning => _process.Running is not null;

    /// <summary>Starts the server or joins the one that already serves the data directory (another node, or left behind by a killed app).</summary>
    /// <exception cref="EmbeddedPostgresException">It could not start; the message says what to do.</exception>
    public static async Task<EmbeddedPostgresHandle> StartAsync(EmbeddedPostgresOptions options, CancellationToken ct = default)
    {
        if (options.Port is < 1024 or > 65535)
            throw new EmbeddedPostgresException(EmbeddedPostgresError.PortOutOfRange, $"Crm__EmbeddedPostgres__Port is {options.Port}; it must be a number from 1024 to 65535, or be left out.");
        var found = PostgresBinaries.Locate(options);
        var home = PostgresHome.Prepare(options);
        var binaries = PostgresBinaries.Prepare(found, home);

        using var gate = await FileLock.ExclusiveAsync(home.StartLock, options.StartTimeout, ct);
        var server = new EmbeddedPostgresServer(options, home, binaries);
        var use = FileLock.TryShared(home.UsersLock) ?? throw new EmbeddedPostgresException(
            EmbeddedPostgresError.Timeout, $"{home.UsersLock} is held by another program. Stop it and start again.");
        try
        {
            await server.EnsureRunningAsync(ct);
            return new EmbeddedPostgresHandle(server, use, options.Logger);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    /// <summary>Called under the start lock.</summary>
    internal async Task EnsureRunningAsync(CancellationToken ct)
    {
        if (!await TryJoinAsync(ct))
        {
            await _process.StopAsync(_options.StartTimeout, ct);
            await _cluster.EnsureInitialisedAsync(_credentials, _options.Durable, ct);
            await LaunchAsync(ct);
            await EnsureAccessAsync(ct);
        }

        _credentials.Save(_home.CredentialsPath);
        // Connection strings are out in the app now: a restart must come back on the same port.
        _options = _options with { Port = _credentials.Port };
    }

    /// <summary>Takes the start lock; used by the handle's watch when the server has died.</summary>
    internal async Task RestartAsync(CancellationToken ct)
    {
        using var gate = await FileLock.ExclusiveAsync(_home.StartLock, _options.StartTimeout, ct);
        await EnsureRunningAsync(ct);
    }

    /// <summary>Stops the server when nobody else uses it.</summary>
    internal async Task ReleaseAsync(IDisposable use)
    {
        using var gate = await FileLock.ExclusiveAsync(_home.StartLock, _options.StartTimeout, CancellationToken.None);
        use.Dispose();
        using var last = FileLock.TryExclusive(_home.UsersLock);
        if (last is not null) await _process.StopAsync(_options.StartTimeout, CancellationToken.None);
    }

    private async Task<bool> TryJoinAsync(CancellationToken ct)
    {
        if (_process.Running is not { IsReady: true, Port: > 0 } running) return false;
        if (_options.Port is { } wanted && wanted != running.Port) return false;

        var candidate = _credentials with { Port = running.Port };
        if (await PostgresAccess.CheckAsync(candidate, ct) is not null) return false;

        _options.Logger.LogInformation("Joined the PostgreSQL server {ProcessId} that already serves {DataPath}", running.ProcessId, _home.DataPath);
        _credentials = candidate;
        return true;
    }

    private async Task LaunchAsync(CancellationToken ct)
    {
        if (_options.Port is { } wanted && !LoopbackPort.IsFree(wanted)) throw PostgresFailure.PortTaken(wanted);

        var port = _options.Port ?? (_credentials.Port > 0 && LoopbackPort.IsFree(_credentials.Port) ? _credentials.Port : LoopbackPort.Free());
        var waited = Stopwatch.StartNew();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _cluster.Configure(port, _options.Durable);
                await _process.LaunchAsync(port, _options.StartTimeout, ct);
                _credentials = _credentials with { Port = port };
                return;
            }
            catch (EmbeddedPostgresException e) when (e.Code == EmbeddedPostgresError.PortTaken && _options.Port is null && attempt < PortAttempts)
            {
                port = LoopbackPort.Free();
            }
            catch (EmbeddedPostgresException e) when (e.Code == EmbeddedPostgresError.DataDirectoryInUse && waited.Elapsed < _options.StartTimeout)
            {
                // The killed server's backends end by themselves, at the latest with their statement.
                await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
            }
        }
    }

    private async Task EnsureAccessAsync(CancellationToken ct)
    {
        if (await PostgresAccess.CheckAsync(_credentials, ct) is null) return;
        try
        {
            await PostgresAccess.ProvisionAsync(_credentials, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            _options.Logger.LogWarning("The passwords of {DataPath} were lost with {CredentialsPath}; new ones are set", _home.DataPath, _home.CredentialsPath);
            await _process.StopAsync(_options.StartTimeout, ct);
            await _cluster.ResetPasswordAsync(_credentials, ct);
            await LaunchAsync(ct);
            await PostgresAccess.ProvisionAsync(_credentials, ct);
        }
    }
}
