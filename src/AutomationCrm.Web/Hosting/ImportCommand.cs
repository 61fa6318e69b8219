using System.Globalization;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Import;
using AutomationCrm.Application.Import.Running;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Web.Hosting;

/// <summary><c>dotnet run --project src/AutomationCrm.Web -- import sales folder</c>: imports the CSV files of a folder, prints progress and what was dirty.</summary>
internal static class ImportCommand
{
    public static bool IsAsked(IReadOnlyList<string> args) => args.Count > 0 && args[0] == "import";

    /// <summary>Answers the exit code: 0 done, 1 refused or failed, 2 wrong use.</summary>
    /// <param name="services">Of the built host, over a prepared database; nothing of it needs to run.</param>
    public static async Task<int> RunAsync(IServiceProvider services, IReadOnlyList<string> args, TextWriter output, CancellationToken ct)
    {
        if (args.Count < 3 || !Directory.Exists(args[2]))
        {
            await output.WriteLineAsync($"Use: import <{string.Join('|', ImportPresets.All.Select(p => p.Code))}> <folder with CSV files>");
            return 2;
        }

        try
        {
            var id = await StartAsync(services, args[1], args[2], ct);
            var work = services.GetRequiredService<ImportRunner>().RunNextAsync(ct);
            var report = await WatchAsync(services, id, work, output, ct);
            await SummarizeAsync(report, output);
            return report.Import.State == ImportState.Done ? 0 : 1;
        }
        catch (Exception refused) when (refused is RuleBrokenException or ValidationException)
        {
            await output.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    private static async Task<long> StartAsync(IServiceProvider services, string preset, string folder, CancellationToken ct)
    {
        var streams = new List<FileStream>();
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal)) streams.Add(File.OpenRead(path));
            return await SendAsync(services, new StartImport(preset, [.. streams.Select(s => new ImportFile(Path.GetFileName(s.Name), s))]), ct);
        }
        finally
        {
            foreach (var stream in streams) await stream.DisposeAsync();
        }
    }

    /// <summary>Prints how far the import is until it has ended, here or on a node that was faster.</summary>
    private static async Task<ImportReport> WatchAsync(IServiceProvider services, long id, Task<bool> work, TextWriter output, CancellationToken ct)
    {
        for (var shown = -1L; ;)
        {
            var report = await SendAsync(services, new GetImport(id), ct);
            if (!report.Import.IsOpen)
            {
                await work;
                return report;
            }

            if (report.Import.RowsDone != shown)
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{report.Import.RowsDone:N0} of {report.Import.RowsTotal:N0} rows  {report.Import.Step}"));
            shown = report.Import.RowsDone;
            if (work.IsCompleted && await work) work = services.GetRequiredService<ImportRunner>().RunNextAsync(ct);
            await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
        }
    }

    private static async Task SummarizeAsync(ImportReport report, TextWriter output)
    {
        var import = report.Import;
        var seconds = import is { StartedAt: { } from, FinishedAt: { } to } ? (to - from).TotalSeconds : 0;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{import.State}: {import.RowsDone:N0} of {import.RowsTotal:N0} rows, {import.ItemsAdded:N0} items and people added, {import.Problems:N0} dirty values, {seconds:0.0} s{(seconds > 0 ? $", {import.RowsDone / seconds:N0} rows/s" : "")}"));
        if (import.Failure is { } failure) await output.WriteLineAsync(failure.Message);
        foreach (var kind in report.ByCode) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {kind.Count,8:N0}  {kind.Code}"));
    }

    private static async Task<T> SendAsync<T>(IServiceProvider services, IRequest<T> request, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var admin = await scope.ServiceProvider.GetRequiredService<CrmDbContext>().People.Where(p => p.IsAdmin && p.IsActive).OrderBy(p => p.Id).Select(p => p.Id).FirstAsync(ct);
        scope.ServiceProvider.GetRequiredService<Caller>().Become(admin, isAdmin: true, Origin.Import);
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request, ct);
    }
}
