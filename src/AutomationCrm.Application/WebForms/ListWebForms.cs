using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.WebForms;

/// <summary>All public forms, for administrators.</summary>
public sealed record ListWebForms : IRequest<IReadOnlyList<WebForm>>;

internal sealed class ListWebFormsHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<ListWebForms, IReadOnlyList<WebForm>>
{
    public async Task<IReadOnlyList<WebForm>> Handle(ListWebForms request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see web forms");
        return await db.WebForms.AsNoTracking().OrderBy(f => f.Title).ToListAsync(cancellationToken);
    }
}

/// <summary>A public page as its visitor gets it. Who has the address may see it.</summary>
public sealed record OpenWebForm(string Token) : IRequest<ShownForm>;

/// <param name="Stamp">Comes back with the filled form.</param>
public sealed record ShownForm(WebForm Form, ItemType Type, string Stamp);

internal sealed class OpenWebFormHandler(CrmDbContext db, IPortal gate, TimeProvider clock) : IRequestHandler<OpenWebForm, ShownForm>
{
    public async Task<ShownForm> Handle(OpenWebForm request, CancellationToken cancellationToken)
    {
        var form = await db.WebForms.AsNoTracking().FirstOrDefaultAsync(f => f.Token == request.Token && f.IsActive, cancellationToken) ?? throw new NotFoundException("Form", request.Token);
        var portal = await gate.FreshAsync(cancellationToken);
        return new(form, portal.Type(form.TypeId) ?? throw new NotFoundException("Form", request.Token), FormStamp.Make(form.SigningKey, form.Token, clock.GetUtcNow()));
    }
}

/// <summary>What a form of a type may ask for, by field code.</summary>
public sealed record ListFormFields(int TypeId) : IRequest<IReadOnlyList<string>>;

internal sealed class ListFormFieldsHandler(IPortal gate) : IRequestHandler<ListFormFields, IReadOnlyList<string>>
{
    public async Task<IReadOnlyList<string>> Handle(ListFormFields request, CancellationToken cancellationToken) =>
        (await gate.FreshAsync(cancellationToken)).Type(request.TypeId) is { HasStages: true } type ? SaveWebFormHandler.Offered(type) : [];
}
