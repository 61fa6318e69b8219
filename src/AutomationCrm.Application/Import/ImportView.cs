using AutomationCrm.Application.Import.Running;

namespace AutomationCrm.Application.Import;

/// <summary>An import as pages show it.</summary>
public sealed record ImportView(long Id, string Preset, ImportState State, long AuthorId, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt)
{
    public long RowsTotal { get; init; }

    public long RowsDone { get; init; }

    /// <summary>Items and people.</summary>
    public long ItemsAdded { get; init; }

    public long Problems { get; init; }

    /// <summary>The code of the part at work; empty when it has not begun or has ended.</summary>
    public string Step { get; init; } = "";

    /// <summary>Why it failed.</summary>
    public ImportFailure? Failure { get; init; }

    public bool CancelRequested { get; init; }

    public IReadOnlyList<ImportedFile> Files { get; init; } = [];

    public bool IsOpen => State is ImportState.Waiting or ImportState.Running;

    /// <summary>0 to 100.</summary>
    public int Percent => State == ImportState.Done ? 100 : RowsTotal == 0 ? 0 : (int)Math.Min(100, RowsDone * 100 / RowsTotal);

    internal static ImportView Of(ImportJob job) => new(job.Id, job.Preset, job.State, job.AuthorId, job.CreatedAt, job.StartedAt, job.FinishedAt)
    {
        RowsTotal = job.RowsTotal,
        RowsDone = job.RowsDone,
        ItemsAdded = job.ItemsAdded,
        Problems = job.Problems,
        Step = job.Step,
        Failure = job.Message is { } message ? new(job.MessageCode ?? "", message, job.MessageArguments) : null,
        CancelRequested = job.CancelRequested,
        Files = ImportContent.Parse(job.Options).Files,
    };
}
