using AutomationCrm.Application.Import.Running;

namespace AutomationCrm.Application.Import;

/// <summary>
/// The import's way into the database. One import at a time runs in a portal (the schema sees to that); what it writes carries its
/// token, so that a node which was taken for dead writes nothing more.
/// </summary>
public interface IImportStore
{
    /// <summary>Takes the next import whose files lie in one of the folders: one that was left behind first, then one that waits. Null when there is none.</summary>
    Task<ClaimedImport?> ClaimAsync(IReadOnlyCollection<string> folders, TimeSpan lease, CancellationToken ct);

    /// <summary>Numbers of new items of a type.</summary>
    Task<IReadOnlyList<long>> NextItemIdsAsync(int typeId, int count, CancellationToken ct);

    /// <summary>Numbers of new rows: histories, people, departments.</summary>
    Task<IReadOnlyList<long>> NextIdsAsync(ImportIds kind, int count, CancellationToken ct);

    /// <summary>What came from a source before: its id there and here.</summary>
    Task<Dictionary<string, long>> FindOriginsAsync(int typeId, string originator, CancellationToken ct);

    /// <summary>Writes a chunk with the import's progress as one transaction; answers whether somebody wants the import to stop.</summary>
    /// <exception cref="ImportLostException">Another node goes on with the import, or it has ended; nothing was written.</exception>
    Task<bool> WriteAsync(ClaimedImport import, ImportChunk chunk, TimeSpan lease, CancellationToken ct);

    /// <summary>Ends the import.</summary>
    Task FinishAsync(ClaimedImport import, ImportState state, ImportFailure? failure, CancellationToken ct);

    /// <summary>Gives the import back, so that the next claim goes on with it at once.</summary>
    Task ReleaseAsync(ClaimedImport import, CancellationToken ct);

    /// <summary>Marks imports as failed whose files are on no node that is alive; answers how many.</summary>
    Task<int> FailLostAsync(IReadOnlyCollection<string> folders, TimeSpan age, CancellationToken ct);

    /// <summary>Asks an import to stop: one that waits ends at once, one that runs after its chunk. Answers the folder to remove when it ended, null when it runs on.</summary>
    /// <exception cref="Domain.Common.RuleBrokenException">It has ended already.</exception>
    Task<string?> CancelAsync(long id, CancellationToken ct);

    /// <summary>The folders of imports that wait or run.</summary>
    Task<IReadOnlySet<string>> OpenFoldersAsync(CancellationToken ct);
}

public enum ImportIds
{
    Row,
    Person,
    Department,
}

/// <summary>Somebody else works on the import.</summary>
public sealed class ImportLostException() : Exception("The import is not this node's any more.");
