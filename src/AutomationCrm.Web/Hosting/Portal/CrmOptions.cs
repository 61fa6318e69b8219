namespace AutomationCrm.Web.Hosting.Portal;

/// <summary>What this process does.</summary>
internal enum NodeRole
{
    All,
    Web,
    Worker,
}

/// <summary>Configuration section <c>Crm</c>, read once at the start; see docs/configuration.md.</summary>
internal sealed record CrmOptions
{
    public required string DataDirectory { get; init; }

    public required NodeRole Role { get; init; }

    public required bool Demo { get; init; }

    /// <summary>The address under which people reach the app; links are made from it.</summary>
    public required string Url { get; init; }

    public bool Worker => Role is NodeRole.All or NodeRole.Worker;

    public bool Pages => Role is NodeRole.All or NodeRole.Web;

    /// <summary>Throws <see cref="StartupException"/> naming the key that is wrong.</summary>
    public static CrmOptions Read(IConfiguration configuration, string contentRoot)
    {
        var role = configuration["role"] ?? configuration["Crm:Role"] ?? "all";
        if (!Enum.TryParse<NodeRole>(role, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
            throw new StartupException($"Crm__Role (or --role) is \"{role}\". Use web, worker or all.");
        var demo = configuration["Crm:Demo"] ?? "true";
        if (!bool.TryParse(demo, out var withDemo)) throw new StartupException($"Crm__Demo is \"{demo}\". Use true or false.");

        var urls = configuration["urls"] ?? configuration["ASPNETCORE_URLS"] ?? "http://localhost:5000";
        var url = configuration["Crm:Url"] ?? urls.Split(';')[0].Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal).Replace("://*", "://localhost", StringComparison.Ordinal);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new StartupException($"Crm__Url is \"{url}\". Use an address such as https://crm.example.com.");
        return new()
        {
            DataDirectory = Path.GetFullPath(configuration["Crm:DataDirectory"] ?? Path.Combine(contentRoot, "App_Data")),
            Role = parsed,
            Demo = withDemo,
            Url = address.ToString().TrimEnd('/'),
        };
    }
}

/// <summary>The app cannot start, and the message says what to do about it.</summary>
internal sealed class StartupException(string message) : Exception(message);
