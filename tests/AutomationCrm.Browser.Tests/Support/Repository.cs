namespace AutomationCrm.Browser.Tests.Support;

/// <summary>Folders of the checkout the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Web { get; } = Path.Combine(Root, "src", "AutomationCrm.Web");

    public static string Client { get; } = Path.Combine(Web, "Client");

    /// <summary>Debug or Release, the same as these tests.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AutomationCrm.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No AutomationCrm.sln above {from}.");
    }
}
