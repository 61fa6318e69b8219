using System.Text;
using AutomationCrm.Application.Import;
using AutomationCrm.Application.Import.Running;
using AutomationCrm.Application.Ports;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AutomationCrm.Application.Tests.Import;

/// <summary>An app with an importer whose files lie in a folder of the test's own and whose store can fall silent like a killed process.</summary>
internal sealed class ImportBench : IAsyncDisposable
{
    private readonly string folder;

    private ImportBench(AppFixture app, string folder) => (App, this.folder) = (app, folder);

    public AppFixture App { get; }

    public ImportRunner Runner => App.Services.GetRequiredService<ImportRunner>();

    public FallingStore Store => (FallingStore)App.Services.GetRequiredService<IImportStore>();

    public Hints Hinted => (Hints)App.Services.GetRequiredService<ILiveHints>();

    /// <summary>The folders of files that wait.</summary>
    public IReadOnlyList<string> Folders => App.Services.GetRequiredService<IImportFiles>().Folders();

    public static async Task<ImportBench> StartAsync(int chunk = 1_000)
    {
        var files = Directory.CreateTempSubdirectory("crm-import-").FullName;
        var app = await AppFixture.StartAsync(
            services =>
            {
                var real = services.Single(s => s.ServiceType == typeof(IImportStore)).ImplementationType!;
                services.RemoveAll<IImportStore>();
                services.AddSingleton<IImportStore>(provider => new FallingStore((IImportStore)ActivatorUtilities.CreateInstance(provider, real)));
                services.AddSingleton<ILiveHints, Hints>();
            },
            new Dictionary<string, string?> { ["Crm:Import:Folder"] = files, ["Crm:Import:ChunkRows"] = $"{chunk}" });
        return new(app, files);
    }

    public Task<long> StartAsync(params IReadOnlyList<(string Name, string Text)> files) =>
        StartBytesAsync([.. files.Select(f => (f.Name, Encoding.UTF8.GetBytes(f.Text)))]);

    public Task<long> StartBytesAsync(params IReadOnlyList<(string Name, byte[] Bytes)> files) =>
        App.SendAsync(new StartImport("sales", [.. files.Select(f => new ImportFile(f.Name, new MemoryStream(f.Bytes)))]));

    /// <summary>Starts an import and works it off.</summary>
    public async Task<ImportReport> ImportAsync(params IReadOnlyList<(string Name, string Text)> files)
    {
        var id = await StartAsync(files);
        await Runner.RunNextAsync(CancellationToken.None);
        return await App.SendAsync(new GetImport(id));
    }

    public Task<List<ImportProblem>> ProblemsAsync(long id) =>
        App.ReadAsync(db => db.ImportProblems.AsNoTracking().Where(p => p.ImportId == id).OrderBy(p => p.Number).ToListAsync());

    /// <summary>Everything an import may write, counted.</summary>
    public async Task<string> CountAsync() => (await App.ScalarAsync<string>("""
        select format('items %s, events %s, history %s, totals %s, people %s, departments %s, pipelines %s, jobs %s',
          (select count(*) from item), (select count(*) from event), (select count(*) from stage_history), (select count(*) from stage_total_delta),
          (select count(*) from person), (select count(*) from department), (select count(*) from pipeline), (select count(*) from import_job))
        """))!;

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Collects the topics browsers are told of.</summary>
internal sealed class Hints : ILiveHints
{
    public List<string> Topics { get; } = [];

    /// <summary>Runs with each hint, on the thread of the import.</summary>
    public Action? OnHint { get; set; }

    public Task SendAsync(IReadOnlyList<string> topics)
    {
        Topics.AddRange(topics);
        OnHint?.Invoke();
        return Task.CompletedTask;
    }
}

/// <summary>The real store until the process "dies": from then on nothing reaches the database.</summary>
internal sealed class FallingStore(IImportStore real) : IImportStore
{
    /// <summary>Chunks that may still be written; null is no end.</summary>
    public int? Writes { get; set; }

    /// <summary>Whether the last chunk is committed before the process dies, or not.</summary>
    public bool DieAfterCommit { get; set; }

    private bool Dead { get; set; }

    public void Revive() => (Dead, Writes) = (false, null);

    public Task<ClaimedImport?> ClaimAsync(IReadOnlyCollection<string> folders, TimeSpan lease, CancellationToken ct) => Alive().ClaimAsync(folders, lease, ct);

    public Task<IReadOnlyList<long>> NextItemIdsAsync(int typeId, int count, CancellationToken ct) => Alive().NextItemIdsAsync(typeId, count, ct);

    public Task<IReadOnlyList<long>> NextIdsAsync(ImportIds kind, int count, CancellationToken ct) => Alive().NextIdsAsync(kind, count, ct);

    public Task<Dictionary<string, long>> FindOriginsAsync(int typeId, string originator, CancellationToken ct) => Alive().FindOriginsAsync(typeId, originator, ct);

    public async Task<bool> WriteAsync(ClaimedImport import, ImportChunk chunk, TimeSpan lease, CancellationToken ct)
    {
        if (Writes == 0)
        {
            Dead = true;
            if (DieAfterCommit) await real.WriteAsync(import, chunk, lease, ct);
        }

        Writes--;
        return await Alive().WriteAsync(import, chunk, lease, ct);
    }

    public Task FinishAsync(ClaimedImport import, ImportState state, ImportFailure? failure, CancellationToken ct) => Alive().FinishAsync(import, state, failure, ct);

    public Task ReleaseAsync(ClaimedImport import, CancellationToken ct) => Alive().ReleaseAsync(import, ct);

    public Task<int> FailLostAsync(IReadOnlyCollection<string> folders, TimeSpan age, CancellationToken ct) => Alive().FailLostAsync(folders, age, ct);

    public Task<string?> CancelAsync(long id, CancellationToken ct) => Alive().CancelAsync(id, ct);

    public Task<IReadOnlySet<string>> OpenFoldersAsync(CancellationToken ct) => Alive().OpenFoldersAsync(ct);

    private IImportStore Alive() => Dead ? throw new ProcessDiedException() : real;
}

internal sealed class ProcessDiedException : Exception;
