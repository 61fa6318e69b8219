using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Documents.Templates;

/// <summary>Changes what a template is called, serves and how its documents are numbered.</summary>
public sealed record UpdateTemplate(long Id, TemplateSettings Settings) : IRequest<Unit>;

/// <summary>Deletes a template that no document was made from; others are switched off.</summary>
public sealed record DeleteTemplate(long Id) : IRequest<Unit>;

internal sealed class UpdateTemplateValidator : AbstractValidator<UpdateTemplate>
{
    public UpdateTemplateValidator() => RuleFor(c => c.Settings).SetValidator(new TemplateSettingsValidator());
}

internal sealed class UpdateTemplateHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<UpdateTemplate, Unit>
{
    public async Task<Unit> Handle(UpdateTemplate request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "change document templates");
        var template = await db.DocumentTemplates.SingleOrDefaultAsync(t => t.Id == request.Id, cancellationToken) ?? throw new NotFoundException("Template", $"{request.Id}");
        request.Settings.ApplyTo(template);
        await db.SaveConfigurationAsync(cancellationToken);
        return Unit.Value;
    }
}

internal sealed class DeleteTemplateHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<DeleteTemplate, Unit>
{
    public async Task<Unit> Handle(DeleteTemplate request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "delete document templates");
        var template = await db.DocumentTemplates.SingleOrDefaultAsync(t => t.Id == request.Id, cancellationToken) ?? throw new NotFoundException("Template", $"{request.Id}");
        if (await db.Documents.AnyAsync(d => d.TemplateId == request.Id, cancellationToken))
            throw new RuleBrokenException("template.used", $"Documents were made from \"{template.Name}\"; switch it off instead.");
        var files = await db.DocumentTemplateVersions.Where(v => v.TemplateId == request.Id).Select(v => v.FileId).ToArrayAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.DocumentTemplates.Remove(template);
        await db.SaveConfigurationAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from file where id = any({files})", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }
}
