using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutomationCrm.Infrastructure.EmbeddedPostgres;

/// <summary>Where the app's own PostgreSQL finds its programs and keeps its data. All paths may be relative to the working directory.</summary>
public sealed record EmbeddedPostgresOptions
{
    public const string DefaultServiceDirectory = "/var/lib/automationcrm";

    /// <summary>The app's data directory; credentials lie in it, the database in its folder <c>postgres</c>.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Folder with <c>Client/node_modules</c>; the default is the working directory.</summary>
    public string ContentRoot { get; init; } = ".";

    /// <summary>Folder with <c>bin/postgres</c>; null finds the npm package under <see cref="ContentRoot"/>.</summary>
    public string? BinariesDirectory { get; init; }

    /// <summary>Loopback port; null takes the one used before, else a free one.</summary>
    public int? Port { get; init; }

    /// <summary>Used only when the app runs as root: PostgreSQL refuses root, so programs and data lie here, where its account can reach them.</summary>
    public string ServiceDirectory { get; init; } = DefaultServiceDirectory;

    /// <summary>Used only when the app runs as root: the account of the server; null takes postgres, else nobody.</summary>
    public string? Account { get; init; }

    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>False trades crash safety for speed: only for data that is thrown away.</summary>
    internal bool Durable { get; init; } = true;

    /// <summary>Overrides where the database lies (default: the data directory, as root a folder of <see cref="ServiceDirectory"/>).</summary>
    internal string? HomeDirectory { get; init; }
}
