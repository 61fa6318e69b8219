namespace AutomationCrm.Application.Import;

public enum ImportState : short
{
    Waiting,
    Running,
    Done,
    Cancelled,
    Failed,
}

/// <summary>One import and how far it is.</summary>
public sealed class ImportJob
{
    public long Id { get; init; }

    public string Preset { get; init; } = "";

    public ImportState State { get; set; }

    public long AuthorId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public long RowsTotal { get; set; }

    public long RowsDone { get; set; }

    public long ItemsAdded { get; set; }

    public long Problems { get; set; }

    public string Step { get; set; } = "";

    /// <summary>Why it failed, in English.</summary>
    public string? Message { get; set; }

    /// <summary>By which pages say the same in the reader's language.</summary>
    public string? MessageCode { get; set; }

    public string[] MessageArguments { get; set; } = [];

    public bool CancelRequested { get; set; }

    /// <summary>JSON, see <see cref="ImportContent"/>.</summary>
    public string Options { get; init; } = "{}";

    /// <summary>Who works on it; every write of a running import carries it.</summary>
    public Guid? LeaseToken { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Claims since the last chunk that was written.</summary>
    public int Attempts { get; set; }
}

/// <summary>A value that did not fit, and what was done with it.</summary>
public sealed class ImportProblem
{
    public long ImportId { get; init; }

    public int Number { get; init; }

    public string File { get; init; } = "";

    public int Row { get; init; }

    public string Field { get; init; } = "";

    public string Value { get; init; } = "";

    public string Code { get; init; } = "";

    /// <summary>What was done, one of <see cref="Rows.RowNotes"/>.</summary>
    public string Note { get; init; } = "";

    /// <summary>What the note names.</summary>
    public string[] Arguments { get; init; } = [];
}
