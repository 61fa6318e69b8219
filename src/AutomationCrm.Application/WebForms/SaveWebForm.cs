using System.Security.Cryptography;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.WebForms;

/// <summary>Makes a public form (id 0) or changes one; answers its id.</summary>
public sealed record SaveWebForm(long Id, int TypeId, string Title, IReadOnlyList<string> Fields) : IRequest<long>
{
    public string Lead { get; init; } = "";

    public int PipelineId { get; init; }

    public string StageId { get; init; } = "";

    public string Consent { get; init; } = "";

    public string Thanks { get; init; } = "";

    /// <summary>For the items it makes; 0 is the caller.</summary>
    public long ResponsibleId { get; init; }

    public bool IsActive { get; init; } = true;
}

internal sealed class SaveWebFormValidator : AbstractValidator<SaveWebForm>
{
    public SaveWebFormValidator()
    {
        RuleFor(f => f.Title).NotEmpty().MaximumLength(WebForm.TitleMaxLength).Storable().OverridePropertyName("title");
        RuleFor(f => f.Lead).MaximumLength(WebForm.TextMaxLength).Storable().OverridePropertyName("lead");
        RuleFor(f => f.Consent).MaximumLength(WebForm.TextMaxLength).Storable().OverridePropertyName("consent");
        RuleFor(f => f.Thanks).MaximumLength(WebForm.TextMaxLength).Storable().OverridePropertyName("thanks");
        RuleFor(f => f.Fields).NotEmpty().Must(f => f.Count <= 50).OverridePropertyName("fields");
    }
}

internal sealed class SaveWebFormHandler(CrmDbContext db, IPortal gate, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<SaveWebForm, long>
{
    public async Task<long> Handle(SaveWebForm request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "make web forms");
        var portal = await gate.FreshAsync(cancellationToken);
        Check(request, portal);
        var form = request.Id == 0 ? Make(request) : await db.WebForms.FirstOrDefaultAsync(f => f.Id == request.Id, cancellationToken) ?? throw new NotFoundException("Form", FormattableString.Invariant($"{request.Id}"));
        if (request.Id == 0) db.WebForms.Add(form);
        (form.Title, form.Lead, form.PipelineId, form.StageId) = (request.Title, request.Lead, request.PipelineId, request.StageId);
        (form.Fields, form.Consent, form.Thanks, form.IsActive) = ([.. request.Fields.Distinct()], request.Consent, request.Thanks, request.IsActive);
        form.ResponsibleId = request.ResponsibleId > 0 ? request.ResponsibleId : caller.PersonId;
        await db.SaveChangesAsync(cancellationToken);
        return form.Id;
    }

    private WebForm Make(SaveWebForm request) => new()
    {
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)),
        SigningKey = RandomNumberGenerator.GetBytes(32),
        TypeId = request.TypeId,
        CreatedAt = clock.GetUtcNow(),
    };

    private static void Check(SaveWebForm request, PortalSnapshot portal)
    {
        var type = portal.Type(request.TypeId) is { HasStages: true } known ? known : throw new RuleBrokenException("type.unknown", $"There is no item type {request.TypeId} with stages.", "typeId");
        var pipeline = portal.Pipeline(type.Id, request.PipelineId) ?? throw new RuleBrokenException("pipeline.unknown", $"There is no pipeline {request.PipelineId}.", "pipelineId");
        if (request.StageId.Length > 0 && pipeline.Find(request.StageId) is null) throw new RuleBrokenException("stage.unknown", $"There is no stage {request.StageId}.", "stageId");
        if (request.ResponsibleId > 0 && portal.People.GetValueOrDefault(request.ResponsibleId) is not { IsActive: true }) throw new RuleBrokenException("person.unknown", $"There is no person {request.ResponsibleId}.", "responsibleId");
        foreach (var code in request.Fields)
            if (!Offered(type).Contains(code)) throw new RuleBrokenException("field.unknown", $"The field {code} cannot stand on a public form.", "fields");
    }

    /// <summary>What a public form may ask for: nothing that refers to people or other items of the company.</summary>
    public static IReadOnlyList<string> Offered(ItemType type) =>
    [
        .. type.Fields.Find(FieldCodes.Contact) is null ? [] : ClientFields.All,
        .. type.Fields.All.Where(f => f is { OnForm: true, ReadOnly: false, Multiple: false } && f.Kind is FieldKind.Text or FieldKind.LongText or FieldKind.Number or FieldKind.Integer or FieldKind.Date or FieldKind.Url or FieldKind.Boolean or FieldKind.ContactPoints).Select(f => f.Code),
    ];
}
