using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.WebForms;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Domain.People;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.WebForms;

/// <summary>One public form: what it asks for and where its items begin.</summary>
public sealed class EditModel(ISender sender, IPortal portal, FieldTitles titles, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public int TypeId { get; set; }

    public WebForm Form { get; private set; } = new();

    public IReadOnlyList<(string Code, string Title)> Offered { get; private set; } = [];

    public IEnumerable<Pipeline> Pipelines => portal.Current.Pipelines.Where(p => p.TypeId == Form.TypeId);

    public IEnumerable<Person> People => portal.Current.People.Values.Where(p => p.IsActive).OrderBy(p => p.FullName, StringComparer.CurrentCulture);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? title, string? lead, string? place, List<string> fields, string? consent, string? thanks, long responsible, bool active, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        // Pipeline and stage come as one choice: "0" or "0/NEW".
        var parts = (place ?? "").Split('/', 2);
        (Form.Title, Form.Lead, Form.Consent, Form.Thanks, Form.IsActive, Form.ResponsibleId, Form.Fields) = (title ?? "", lead ?? "", consent ?? "", thanks ?? "", active, responsible, [.. fields]);
        (Form.PipelineId, Form.StageId) = (int.TryParse(parts[0], System.Globalization.CultureInfo.InvariantCulture, out var pipeline) ? pipeline : -1, parts.ElementAtOrDefault(1) ?? "");
        var save = new SaveWebForm(Id, Form.TypeId, Form.Title, fields) { Lead = Form.Lead, PipelineId = Form.PipelineId, StageId = Form.StageId, Consent = Form.Consent, Thanks = Form.Thanks, ResponsibleId = responsible, IsActive = active };
        if (await this.TryAsync(() => sender.Send(save, ct)) is { } refused) return refused;
        if (!ModelState.IsValid) return Page();

        Flash.Set(TempData, new Flash(texts["webform.saved"]));
        return Redirect("/web-forms");
    }

    public string TitleOf(string code) => ClientFields.All.Contains(code) ? texts[$"webform.{code.ToLowerInvariant()}"] : portal.Current.Type(Form.TypeId)?.Fields.Find(code) is { } field ? titles.Of(field) : code;

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        var found = Id == 0 ? new WebForm { TypeId = TypeId, Thanks = texts["webform.thanks_default"] } : (await sender.Send(new ListWebForms(), ct)).FirstOrDefault(f => f.Id == Id);
        if (found is null) return false;

        Form = found;
        Offered = [.. (await sender.Send(new ListFormFields(found.TypeId), ct)).Select(c => (c, TitleOf(c)))];
        return Offered.Count > 0;
    }
}
