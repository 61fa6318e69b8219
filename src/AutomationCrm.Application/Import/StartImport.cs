using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Import.Csv;
using AutomationCrm.Application.Import.Running;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Application.Import;

/// <summary>
/// Checks files from the first to the last row, keeps them and lets the import run in the background; answers its id. Which file is which
/// part of the preset is told by its header. A file that cannot be read refuses the whole import, and nothing is written.
/// </summary>
/// <param name="Preset">Code of a preset.</param>
public sealed record StartImport(string Preset, IReadOnlyList<ImportFile> Files) : IRequest<long>;

/// <param name="Name">As the person's machine calls it; shown in reports, never used as a path.</param>
public sealed record ImportFile(string Name, Stream Content);

internal sealed class StartImportValidator : AbstractValidator<StartImport>
{
    public StartImportValidator(IOptions<ImportOptions> options)
    {
        RuleFor(c => c.Preset).NotEmpty().MaximumLength(50);
        RuleFor(c => c.Files).NotEmpty().Refuses("import.files", "Choose at least one file.");
        RuleFor(c => c.Files).Must(f => f.Count <= options.Value.MaxFiles).Refuses("import.most_files", $"At most {options.Value.MaxFiles} files can be imported at once.", options.Value.MaxFiles).When(c => c.Files is not null);
    }
}

internal sealed class StartImportHandler(CrmDbContext db, IIdSource ids, IImportFiles files, IAccess access, Caller caller, IOptions<ImportOptions> options, ImportBell bell, TimeProvider clock)
    : IRequestHandler<StartImport, long>
{
    public async Task<long> Handle(StartImport request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "import data");
        var preset = ImportPresets.Get(request.Preset);
        var folder = files.CreateFolder();
        try
        {
            var found = new List<ImportedFile>();
            foreach (var (number, file) in request.Files.Index()) found.Add(await TakeAsync(preset, folder, number, file, found, cancellationToken));

            var job = new ImportJob
            {
                Id = await ids.NextRowIdAsync(cancellationToken),
                Preset = preset.Code,
                AuthorId = caller.PersonId,
                CreatedAt = clock.GetUtcNow(),
                RowsTotal = found.Sum(f => f.Rows),
                Options = new ImportContent(folder, found).ToJson(),
            };
            db.ImportJobs.Add(job);
            await db.SaveChangesAsync(cancellationToken);
            bell.Rings.Ring();
            return job.Id;
        }
        catch
        {
            files.Delete(folder);
            throw;
        }
    }

    private async Task<ImportedFile> TakeAsync(ImportPreset preset, string folder, int number, ImportFile file, List<ImportedFile> before, CancellationToken ct)
    {
        var name = ShownText.Of(file.Name.AsSpan()[(file.Name.AsSpan().LastIndexOfAny('/', '\\') + 1)..].ToString(), 100);
        if (!await files.SaveAsync(folder, number, file.Content, options.Value.MaxFileBytes, ct))
            throw new RuleBrokenException("import.file_size", $"{name} is larger than {options.Value.MaxFileBytes / 1024 / 1024} MB.", name);

        await using var content = files.Open(folder, number);
        using var source = await CsvSource.OpenAsync(content, name, ct);
        var part = PartMatcher.Match(preset, name, source.Headers);
        if (before.Find(f => f.Part == part.Code) is { } twin)
            throw new RuleBrokenException("import.file_twice", $"{twin.Name} and {name} have the same columns; give each kind of file once.", name);

        var rows = 0L;
        await foreach (var _ in source.ReadAsync(ct)) rows++;
        return new(number, name, part.Code, rows);
    }
}
