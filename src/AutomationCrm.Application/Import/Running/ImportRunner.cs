using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Import.Rows;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Ports;
using AutomationCrm.Domain.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Application.Import.Running;

/// <summary>
/// Works on one import from its claim to its end, chunk by chunk. Each chunk is one transaction together with the number of rows that
/// are done, so an import that was left behind goes on exactly where it stopped.
/// </summary>
public sealed class ImportRunner(IImportStore store, IImportFiles files, IPortal portal, IAfterCommit commits, IOptions<ImportOptions> options, TimeProvider clock, StaleWriters stale, ILogger<ImportRunner> log)
{
    private TimeSpan Lease => TimeSpan.FromSeconds(options.Value.LeaseSeconds);

    /// <summary>Claims the next import and works on it until it ends; answers false when there is none.</summary>
    public async Task<bool> RunNextAsync(CancellationToken ct)
    {
        if (await store.ClaimAsync(files.Folders(), Lease, ct) is not { } import) return false;

        try
        {
            await EndAsync(import, await RunAsync(import, ct), failure: null);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await store.ReleaseAsync(import, CancellationToken.None);
            throw;
        }
        catch (ImportLostException lost)
        {
            stale.Refused(StaleWriters.Import);
            log.LogWarning(lost, "Import {Import} was taken over", import.Id);
        }
        catch (RuleBrokenException refused)
        {
            await EndAsync(import, ImportState.Failed, ImportFailure.Of(refused));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            await EndAsync(import, ImportState.Failed, new("import.files_gone", "The files of this import are gone; start it again."));
        }
        catch (Exception failure) when (!Transient.Is(failure))
        {
            log.LogError(failure, "Import {Import} failed", import.Id);
            await EndAsync(import, ImportState.Failed, new("import.unexpected", $"An unexpected error stopped the import: {failure.Message}", failure.Message));
        }

        return true;
    }

    /// <summary>Fails imports whose files no living node has, and removes files that no import waits for.</summary>
    public async Task TidyAsync(CancellationToken ct)
    {
        await store.FailLostAsync(files.Folders(), TimeSpan.FromMinutes(10), ct);
        files.DeleteAbandoned(await store.OpenFoldersAsync(ct), TimeSpan.FromHours(1));
    }

    private async Task<ImportState> RunAsync(ClaimedImport import, CancellationToken ct)
    {
        if (import.CancelRequested) return ImportState.Cancelled;
        if (import.Attempts > options.Value.MostAttempts)
            throw new RuleBrokenException("import.attempts", $"The import was begun {options.Value.MostAttempts} times in a row without getting further.");

        var preset = ImportPresets.Get(import.Preset);
        var context = new ImportContext(import, store, files, portal);
        var progress = new Progress(import.RowsDone, import.Problems);
        foreach (var step in preset.Begin(context))
        {
            if (context.FileOf(step.Part) is not { } file) continue;

            if (progress.Skip >= file.Rows && file.Rows > 0)
            {
                progress.Skip -= file.Rows;
                continue;
            }

            await step.PrepareAsync(ct);
            if (await RunStepAsync(import, context, step, progress, ct)) return ImportState.Cancelled;
        }

        return ImportState.Done;
    }

    /// <summary>Answers whether the import was asked to stop.</summary>
    private async Task<bool> RunStepAsync(ClaimedImport import, ImportContext context, ImportStep step, Progress progress, CancellationToken ct)
    {
        var rows = new List<ImportRow>(options.Value.ChunkRows);
        var ignored = progress.Skip == 0 ? await context.IgnoredColumnsAsync(step.Part, ct) : [];
        for (var pass = 0; pass < step.Passes; pass++)
        {
            await foreach (var row in context.RowsAsync(step.Part, ct))
            {
                if (step.PassOf(row) != pass) continue;

                if (progress.Skip > 0)
                {
                    progress.Skip--;
                    continue;
                }

                rows.Add(row);
                if (rows.Count < options.Value.ChunkRows) continue;
                if (await WriteAsync(import, step, rows, ignored, progress, ct)) return true;
                ignored = [];
            }
        }

        return (rows.Count > 0 || ignored.Count > 0) && await WriteAsync(import, step, rows, ignored, progress, ct);
    }

    private async Task<bool> WriteAsync(ClaimedImport import, ImportStep step, List<ImportRow> rows, IReadOnlyList<RowProblem> ignored, Progress progress, CancellationToken ct)
    {
        // PostgreSQL keeps microseconds; a finer value would not come back as it was sent.
        var now = clock.GetUtcNow();
        var chunk = new ImportChunk(step.Part.Code, progress.Problems + 1, import.AuthorId, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond))) { Rows = rows.Count };
        await step.MapAsync(rows, chunk, ct);
        chunk.Problems.AddRange(ignored);
        foreach (var row in rows) chunk.Problems.AddRange(row.Problems);
        rows.Clear();
        chunk.Timers.AddRange(StartImportedJob.For(import.Id, chunk, await portal.FreshAsync(ct), progress.Pace));
        chunk.Timers.AddRange(ImportedTimers.For(chunk, progress.TimerPace));

        var stop = await store.WriteAsync(import, chunk, Lease, ct);
        progress.Problems += chunk.Problems.Count;
        var topics = new List<string> { Topics.Import(import.Id) };
        if (chunk.Items.Find(i => i.Type.HasStages) is { } item) topics.Add(Topics.Board(item.Ref.TypeId, item.PipelineId));
        commits.Committed(newJobs: false, newDeliveries: false, topics);
        return stop;
    }

    private async Task EndAsync(ClaimedImport import, ImportState state, ImportFailure? failure)
    {
        await store.FinishAsync(import, state, failure, CancellationToken.None);
        files.Delete(import.Content.Folder);
        commits.Committed(newJobs: false, newDeliveries: false, [Topics.Import(import.Id)]);
        log.LogInformation("Import {Import} ended: {State}", import.Id, state);
    }

    private sealed class Progress(long skip, int problems)
    {
        /// <summary>Rows that an earlier claim has written.</summary>
        public long Skip { get; set; } = skip;

        public int Problems { get; set; } = problems;

        /// <summary>When the robots of the next imported items may begin.</summary>
        public ImportPace Pace { get; } = new();

        /// <summary>How far apart the moments of their triggers come.</summary>
        public ImportPace TimerPace { get; } = new();
    }
}
