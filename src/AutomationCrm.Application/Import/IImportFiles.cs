namespace AutomationCrm.Application.Import;

/// <summary>Keeps the files of imports in this node's data directory, under random names, until they are read.</summary>
public interface IImportFiles
{
    /// <summary>A new folder; answers its random name.</summary>
    string CreateFolder();

    /// <summary>Keeps a file; answers false, and keeps nothing of it, when it is longer than <paramref name="most"/> bytes.</summary>
    Task<bool> SaveAsync(string folder, int number, Stream content, long most, CancellationToken ct);

    Stream Open(string folder, int number);

    /// <summary>The folders of this node.</summary>
    IReadOnlyList<string> Folders();

    /// <summary>Removes a folder; one that is not there is no error.</summary>
    void Delete(string folder);

    /// <summary>Removes folders that nobody waits for and that are older than <paramref name="age"/>.</summary>
    void DeleteAbandoned(IReadOnlySet<string> wanted, TimeSpan age);
}
