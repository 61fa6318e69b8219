namespace AutomationCrm.Application.Files;

/// <summary>Reads and writes contents of files outside a unit of work; inside one, <c>ChangeSet.NewFiles</c> writes with the commit.</summary>
public interface IFileStore
{
    Task<StoredFile?> FindAsync(Guid id, CancellationToken ct);

    /// <summary>The content, null when there is no such file.</summary>
    Task<byte[]?> ReadAsync(Guid id, CancellationToken ct);

    /// <summary>Writes at once; a file with this id that is there already stays as it is.</summary>
    Task SaveAsync(NewFile file, CancellationToken ct);
}
