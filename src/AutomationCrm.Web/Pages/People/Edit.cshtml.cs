using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Departments;
using AutomationCrm.Application.People.Directory;
using AutomationCrm.Application.People.Links;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.People;

/// <summary>One person: what is written down, sign-in links, in or out.</summary>
public sealed class EditModel(ISender sender, IConfiguration configuration, IStringLocalizer<Texts> texts) : PageModel
{
    public PersonRow? Person { get; private set; }

    public PersonFields Fields { get; private set; } = new("", "", "", null, "", null, false);

    public IReadOnlyList<DepartmentNode> Departments { get; private set; } = [];

    /// <summary>Robots and triggers that name this person; told before he is deactivated.</summary>
    public IReadOnlyList<Usage> Usages { get; private set; } = [];

    /// <summary>Just made; shown once.</summary>
    public string? LinkUrl { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (await this.TryAsync(() => LoadAsync(id, ct)) is { } refused) return refused;
        if (Person is null) return NotFound();

        Fields = Person.Fields;
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(long id, string? name, string? lastName, string? email, string? phone, string? position, string? login, long? departmentId, bool isAdmin, DateOnly? absentFrom, DateOnly? absentUntil, CancellationToken ct)
    {
        var entered = new PersonFields(name ?? "", lastName ?? "", email ?? "", string.IsNullOrWhiteSpace(login) ? null : login.Trim(), position ?? "", departmentId, isAdmin) { Phone = phone ?? "", AbsentFrom = absentFrom, AbsentUntil = absentUntil };
        var answer = await DoAsync(id, () => sender.Send(new UpdatePerson(id, entered), ct), "people.saved", ct);
        if (!ModelState.IsValid) Fields = entered;
        return answer;
    }

    public async Task<IActionResult> OnPostLinkAsync(long id, CancellationToken ct)
    {
        NewLink? link = null;
        if (await this.TryAsync(async () => link = await sender.Send(new CreateSignInLink(id), ct)) is { } refused) return refused;
        if (link is not null) LinkUrl = SignInLink.UrlOf(configuration["Crm:Url"] ?? $"{Request.Scheme}://{Request.Host}{Request.PathBase}", link.Token);
        return await OnGetAsync(id, ct);
    }

    public Task<IActionResult> OnPostDeactivateAsync(long id, CancellationToken ct) => DoAsync(id, () => sender.Send(new DeactivatePerson(id), ct), "people.deactivated", ct);

    public Task<IActionResult> OnPostActivateAsync(long id, CancellationToken ct) => DoAsync(id, () => sender.Send(new ActivatePerson(id), ct), "people.activated", ct);

    private async Task<IActionResult> DoAsync(long id, Func<Task> work, string done, CancellationToken ct)
    {
        if (await this.TryAsync(work) is { } refused) return refused;
        if (!ModelState.IsValid) return await OnGetAsync(id, ct);

        Flash.Set(TempData, new Flash(texts[done]));
        return RedirectToPage(new { id });
    }

    private async Task LoadAsync(long id, CancellationToken ct)
    {
        Person = (await sender.Send(new ListPeople(id), ct)).SingleOrDefault();
        Usages = await sender.Send(new FindPersonUsages(id), ct);
        Departments = await sender.Send(new GetDepartmentTree(), ct);
    }
}
