using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Items;

/// <summary>The form of a new item; <c>?company=12</c>, <c>?contact=…</c> and <c>?stage=…</c> fill it beforehand.</summary>
public sealed class NewModel(ISender sender, IPortal portal, Caller caller, FieldForm form, IStringLocalizer<Texts> texts) : PageModel
{
    public IReadOnlyList<FieldInput> Inputs { get; private set; } = [];

    public string? Problem { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string? Stage { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Company { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Contact { get; set; }

    public IReadOnlyList<Pipeline> Pipelines => [.. portal.Current.Pipelines.Where(p => p.TypeId == Kind.TypeId)];

    internal ItemKind Kind => RouteData.Kind();

    private ItemType Type => portal.Current.Type(Kind.TypeId)!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var known = new Dictionary<ItemRef, string>();
        foreach (var (typeId, id) in new[] { (ItemTypeIds.Company, Company), (ItemTypeIds.Contact, Contact) })
        {
            if (id is { } number) known[new(typeId, number)] = (await sender.Send(new GetItem(new(typeId, number)), ct)).Title;
        }

        Inputs = Marked([.. form.Fill(Type, Default, known).Select(input => input with { Original = "" })]);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var (values, errors) = form.Read(Type, Request.Form);
        try
        {
            if (errors.Count == 0)
            {
                if (!string.IsNullOrEmpty(Stage)) values[FieldCodes.Stage] = Value.Of(Stage);
                var id = await sender.Send(new AddItem(Kind.TypeId, values), ct);
                Flash.Set(TempData, new Flash(texts["item.added"]));
                return Redirect(ItemKind.UrlOf(new(Kind.TypeId, id)));
            }
        }
        catch (RuleBrokenException refused)
        {
            if (refused.Field is not null) form.Mark(refused, Type, errors);
            else Problem = form.Say(refused, Type);
        }

        Inputs = Marked(form.Posted(Type, Request.Form, errors));
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    // With the mark of what the first stage requires, or the one that was asked for.
    private IReadOnlyList<FieldInput> Marked(IReadOnlyList<FieldInput> inputs) =>
        (portal.Current.Stage(Kind.TypeId, Stage ?? "") ?? portal.Current.DefaultPipeline(Kind.TypeId)?.First) is { } stage ? form.Marked(inputs, portal.Current.RequiredOn(stage)) : inputs;

    private Value Default(string code) => code switch
    {
        FieldCodes.Responsible => new UserValue(caller.PersonId),
        FieldCodes.Currency => Value.Of(portal.Current.BaseCurrency),
        FieldCodes.Company when Company is { } id => new ItemValue(ItemTypeIds.Company, id),
        FieldCodes.Contact when Contact is { } id => new ItemValue(ItemTypeIds.Contact, id),
        _ => Value.Null,
    };
}
