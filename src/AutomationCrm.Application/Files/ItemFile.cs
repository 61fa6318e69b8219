namespace AutomationCrm.Application.Files;

/// <summary>A file that belongs to an item: who may read the item may read it. Its content is a <see cref="StoredFile"/>.</summary>
public sealed class ItemFile
{
    public Guid FileId { get; init; }

    public int TypeId { get; init; }

    public long ItemId { get; init; }

    public string Name { get; init; } = "";

    public long Size { get; init; }

    /// <summary>The document this file is a form of; such a file goes with its document.</summary>
    public long? DocumentId { get; init; }

    /// <summary>Whether it stands among the item's files; forms of a document may stand with the document only.</summary>
    public bool Listed { get; init; } = true;

    public DateTimeOffset At { get; init; }

    /// <summary>0 is automation.</summary>
    public long AddedBy { get; init; }

    public long? RunId { get; init; }

    public long? RobotRunId { get; init; }
}
