namespace AutomationCrm.Application.Documents;

/// <summary>A paper made from a template and an item. Its number is taken for good: a deleted document keeps its row, so that no number is missing.</summary>
public sealed class Document
{
    public const int SignerMaxLength = 200;

    public long Id { get; init; }

    /// <summary>Counts the changes; an older one is stale.</summary>
    public long Version { get; init; } = 1;

    public int TypeId { get; init; }

    public long ItemId { get; init; }

    public long TemplateId { get; init; }

    public int TemplateVersion { get; init; }

    /// <summary>docx or html: what the source is.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The numerator, see <see cref="DocumentNumber"/>; unique together with <see cref="Counter"/>.</summary>
    public string Series { get; init; } = "";

    public long Counter { get; init; }

    public string Number { get; init; } = "";

    public string Title { get; init; } = "";

    public bool WithDocx { get; init; }

    public bool WithPdf { get; init; }

    /// <summary>Whether its files stand among the item's files too.</summary>
    public bool Listed { get; init; }

    /// <summary>The filled template; null once the document is deleted.</summary>
    public Guid? SourceFileId { get; set; }

    public Guid? PdfFileId { get; set; }

    public DateTimeOffset MadeAt { get; init; }

    /// <summary>0 is automation.</summary>
    public long MadeBy { get; init; }

    /// <summary>Set when all wanted forms are there.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    public long? RunId { get; init; }

    public long? RobotRunId { get; init; }

    /// <summary>The same order twice is one document.</summary>
    public Guid? EffectKey { get; init; }

    /// <summary>Opens the public page. Stored as it is, because people copy the link again; who reads this table has the document anyway.</summary>
    public string? PublicToken { get; set; }

    /// <summary>The public page closes then; null: it stays open until the link is revoked.</summary>
    public DateTimeOffset? LinkUntil { get; set; }

    public int Views { get; set; }

    public DateTimeOffset? FirstViewedAt { get; set; }

    public DateTimeOffset? LastViewedAt { get; set; }

    public DateTimeOffset? SignedAt { get; set; }

    public string? SignedName { get; set; }

    /// <summary>The person of the portal who signed it off; null when the client did.</summary>
    public long? SignedBy { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public bool HasOpenLink(DateTimeOffset now) => PublicToken is not null && DeletedAt is null && (LinkUntil is not { } end || end > now);

    public string FileName(string extension) => $"{Number} {Title}.{extension}";
}
