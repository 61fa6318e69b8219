using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.WebForms;

/// <summary>A visitor sends a public form: the client is found by e-mail or phone or made, the item is made, and its triggers are told. Answers the thanks.</summary>
/// <param name="Address">The visitor's network address.</param>
public sealed record SubmitWebForm(string Token, IReadOnlyDictionary<string, string> Values, string Stamp, string Address) : ICommand<string>
{
    public bool Consents { get; init; }

    /// <summary>The chain of causes a program brought along, see <see cref="ChainHeader"/>.</summary>
    public string? Chain { get; init; }

    /// <summary>A field that people do not see; machines fill it in.</summary>
    public string Trap { get; init; } = "";
}

internal sealed class SubmitWebFormValidator : AbstractValidator<SubmitWebForm>
{
    public SubmitWebFormValidator()
    {
        RuleFor(f => f.Values).Must(v => v.Count <= 100).OverridePropertyName("fields");
        RuleForEach(f => f.Values).Must(v => v.Value.Length <= WebForm.TextMaxLength && !v.Value.Contains('\0', StringComparison.Ordinal)).Refuses("form.length", $"A field takes at most {WebForm.TextMaxLength} characters.", WebForm.TextMaxLength).OverridePropertyName("fields");
    }
}

internal sealed class SubmitWebFormHandler(CrmDbContext db, IUnitOfWork work, ISender sender, IAccess access, FormGate gate, IPortal portal, ClientFinder clients) : IRequestHandler<SubmitWebForm, string>
{
    public async Task<string> Handle(SubmitWebForm request, CancellationToken cancellationToken)
    {
        var form = await db.WebForms.AsNoTracking().FirstOrDefaultAsync(f => f.Token == request.Token && f.IsActive, cancellationToken) ?? throw new NotFoundException("Form", request.Token);
        gate.Enter(request.Address);
        // A machine is thanked like anybody else, so that it learns nothing.
        if (request.Trap.Length > 0) return form.Thanks;
        FormStamp.Require(form.SigningKey, form.Token, request.Stamp, work.Now);
        if (form.Consent.Length > 0 && !request.Consents) throw new RuleBrokenException("form.consent", "The consent is missing.", "consent");

        // A visitor has no rights of his own: the form acts for the company, within its own fields.
        work.Caller.Become(Caller.SystemId, isAdmin: true, Origin.Form, ChainHeader.Read(request.Chain));
        access.RequireAdministrator(work.Caller, "take forms");
        var type = (await portal.FreshAsync(cancellationToken)).Type(form.TypeId)!;
        var values = Read(form, type, request.Values);
        if (await clients.FindOrAddAsync(form, request.Values, cancellationToken) is { } client) values[FieldCodes.Contact] = new ItemValue(ItemTypeIds.Contact, client);
        var item = new ItemRef(type.Id, await sender.Send(new AddItem(type.Id, values), cancellationToken));
        await NoteAsync(form, item, request.Values, cancellationToken);
        work.Raise(Happening.Of(item, HappeningCodes.FormSubmitted, ("FormId", Value.Of((decimal)form.Id))));
        return form.Thanks;
    }

    private static Dictionary<string, Value> Read(WebForm form, ItemType type, IReadOnlyDictionary<string, string> given)
    {
        var values = new Dictionary<string, Value>
        {
            [FieldCodes.Responsible] = new UserValue(form.ResponsibleId),
            [FieldCodes.Pipeline] = Value.Of((decimal)form.PipelineId),
        };
        if (form.StageId.Length > 0) values[FieldCodes.Stage] = Value.Of(form.StageId);
        foreach (var code in form.Fields)
        {
            if (type.Fields.Find(code) is not { } field || given.GetValueOrDefault(code) is not { Length: > 0 } text) continue;
            if (text.Length > field.MaxLength && field.Kind == FieldKind.Text) throw new RuleBrokenException("field.length", $"{code} takes at most {field.MaxLength} characters.", code);
            values[code] = field.Kind == FieldKind.ContactPoints ? ClientFinder.Point(text.Trim()) : FieldText.Invariant.Read(field, text);
        }

        if (values.Count <= 3 && form.Fields.All(code => string.IsNullOrWhiteSpace(given.GetValueOrDefault(code)))) throw new RuleBrokenException("form.empty", "The form is empty.", "fields");
        values.TryAdd(FieldCodes.Title, Value.Of(form.Title));
        return values;
    }

    private async Task NoteAsync(WebForm form, ItemRef item, IReadOnlyDictionary<string, string> given, CancellationToken ct) =>
        work.Changes.Add(work.Changes.TimelineNotes, new TimelineNote
        {
            Id = await work.NextIdAsync(ct),
            TypeId = item.TypeId,
            ItemId = item.Id,
            Kind = "form",
            At = work.Now,
            Subject = form.Title,
            Text = string.Join('\n', form.Fields.Where(f => !string.IsNullOrWhiteSpace(given.GetValueOrDefault(f))).Select(f => $"{f}: {given[f]}")),
        });
}

/// <summary>The contact of a visitor: one with the same e-mail or phone, else a new one.</summary>
internal sealed class ClientFinder(IItemReader reader, ISender sender)
{
    /// <summary>Null when the form says nothing of the client.</summary>
    public async Task<long?> FindOrAddAsync(WebForm form, IReadOnlyDictionary<string, string> given, CancellationToken ct)
    {
        string Get(string code) => form.Fields.Contains(code) && given.GetValueOrDefault(code) is { } text ? text.Trim() : "";
        var (name, last, email, phone) = (Get(ClientFields.Name), Get(ClientFields.LastName), Get(ClientFields.Email), Get(ClientFields.Phone));
        if ($"{name}{last}{email}{phone}".Length == 0) return null;

        foreach (var (field, text) in new[] { (FieldCodes.Email, email), (FieldCodes.Phone, phone) })
            if (text.Length > 0 && await FindAsync(field, text, ct) is { } known) return known;

        var values = new Dictionary<string, Value> { [FieldCodes.Responsible] = new UserValue(form.ResponsibleId) };
        values[FieldCodes.Name] = Value.Of(name.Length + last.Length > 0 ? name : email.Length > 0 ? email : phone);
        if (last.Length > 0) values[FieldCodes.LastName] = Value.Of(last);
        if (email.Length > 0) values[FieldCodes.Email] = Point(email);
        if (phone.Length > 0) values[FieldCodes.Phone] = Point(phone);
        return await sender.Send(new AddItem(ItemTypeIds.Contact, values), ct);
    }

    public static Value Point(string text) => Value.Of([new ContactPointValue(0, "WORK", text)]);

    private async Task<long?> FindAsync(string field, string text, CancellationToken ct)
    {
        var page = await reader.ListAsync(new ItemQuery(ItemTypeIds.Contact, FilterNode.Compare(field, FilterOp.Equal, Value.Of(text))) { Order = [new(FieldCodes.Id)], Limit = 1 }, ItemScope.All, ct);
        return page.Items.Count > 0 ? page.Items[0].Ref.Id : null;
    }
}
