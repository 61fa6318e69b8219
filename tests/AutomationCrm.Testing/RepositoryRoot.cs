namespace AutomationCrm.Testing;

/// <summary>The folder with the solution file, from wherever a test runs.</summary>
public static class RepositoryRoot
{
    private static readonly Lazy<string> Root = new(Search);

    public static string Find() => Root.Value;

    /// <summary>A path below the root.</summary>
    public static string File(params ReadOnlySpan<string> parts) => Path.Combine([Root.Value, .. parts]);

    private static string Search()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "AutomationCrm.sln")))
                return folder.FullName;

        throw new InvalidOperationException($"No AutomationCrm.sln above {AppContext.BaseDirectory}.");
    }
}
