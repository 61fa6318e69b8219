using System.Security.Cryptography;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Files;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Documents.Templates;

/// <summary>Adds a template, or the next version of one; answers its id. Files that could do harm are refused with the reason.</summary>
/// <param name="Id">Null for a new template.</param>
/// <param name="Settings">Needed for a new one.</param>
public sealed record SaveTemplateFile(long? Id, string FileName, byte[] Content, TemplateSettings? Settings, string Comment = "") : IRequest<long>
{
    public const int MostBytes = 10 * 1024 * 1024;

    /// <summary>Stable name of a shipped template; others get one from their name.</summary>
    public string Code { get; init; } = "";
}

internal sealed class SaveTemplateFileValidator : AbstractValidator<SaveTemplateFile>
{
    public SaveTemplateFileValidator()
    {
        RuleFor(c => c.FileName).NotEmpty();
        RuleFor(c => c.Content).Must(c => c is { Length: > 0 }).WithName("file").Refuses("file.empty", "The file is empty.");
        RuleFor(c => c.Content).Must(c => c is null || c.Length <= SaveTemplateFile.MostBytes).WithName("file").Refuses("file.template_size", "The file is larger than 10 MB.");
        RuleFor(c => c.Comment).MaximumLength(DocumentTemplateVersion.CommentMaxLength).Storable();
        RuleFor(c => c.Settings).NotNull().When(c => c.Id is null);
        RuleFor(c => c.Settings!).SetValidator(new TemplateSettingsValidator()).When(c => c.Settings is not null);
    }
}

internal sealed class SaveTemplateFileHandler(CrmDbContext db, IFileStore files, TemplateEngines engines, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<SaveTemplateFile, long>
{
    public async Task<long> Handle(SaveTemplateFile request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "change document templates");
        var name = FileNames.Clean(request.FileName);
        var kind = KindOf(name);
        _ = engines.Of(kind).Inspect(request.Content);
        var template = request.Id is { } id
            ? await db.DocumentTemplates.SingleOrDefaultAsync(t => t.Id == id, cancellationToken) ?? throw new NotFoundException("Template", $"{id}")
            : New(request, kind);
        if (template.Kind != kind) throw new RuleBrokenException("template.kind", $"A version of this template is a .{template.Kind} file.", "file");

        var now = clock.GetUtcNow();
        var file = new StoredFile { Id = Guid.CreateVersion7(now), Name = name, MediaType = engines.Of(kind).MediaType, Size = request.Content.Length, Sha256 = SHA256.HashData(request.Content), CreatedAt = now, CreatedBy = caller.PersonId };
        await files.SaveAsync(new(file, request.Content), cancellationToken);
        try
        {
            await AddVersionAsync(request, template, file, cancellationToken);
        }
        catch (Exception lost) when (lost is DoubledKeyException { Key: UniqueKeys.DocumentTemplateVersion } or DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            await db.Database.ExecuteSqlAsync($"delete from file where id = {file.Id}", cancellationToken);
            // Two people uploaded at the same moment and the primary key let one through, or the template was deleted at that moment.
            throw lost is DoubledKeyException ? new ConflictException("Somebody else uploaded a version of this template at the same moment.", 0, ["file"]) : new NotFoundException("Template", $"{request.Id}");
        }

        return template.Id;
    }

    private async Task AddVersionAsync(SaveTemplateFile request, DocumentTemplate template, StoredFile file, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (request.Id is null) db.DocumentTemplates.Add(template);
        template.Version++;
        request.Settings?.ApplyTo(template);
        await db.SaveChangesAsync(ct);
        db.DocumentTemplateVersions.Add(new()
        {
            TemplateId = template.Id,
            Number = template.Version,
            FileId = file.Id,
            FileName = file.Name,
            Size = file.Size,
            At = file.CreatedAt,
            AuthorId = caller.PersonId,
            Comment = request.Comment,
        });
        await db.SaveConfigurationAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private DocumentTemplate New(SaveTemplateFile request, string kind) => new()
    {
        Code = request.Code.Length > 0 ? request.Code : $"template-{Convert.ToHexStringLower(Guid.CreateVersion7(clock.GetUtcNow()).ToByteArray()[^5..])}",
        Kind = kind,
        CreatedAt = clock.GetUtcNow(),
    };

    private static string KindOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".docx" => DocumentTemplate.Docx,
        ".html" or ".htm" => DocumentTemplate.Html,
        ".docm" or ".dotm" => throw new RuleBrokenException("docx.macro", "The template is refused: it holds macros. Save it as .docx without macros.", "file"),
        ".doc" or ".dot" or ".dotx" or ".odt" or ".rtf" => throw new RuleBrokenException("template.kind", "Save the template as .docx and upload that.", "file"),
        _ => throw new RuleBrokenException("template.kind", "A template is a .docx or an .html file.", "file"),
    };
}
