using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Directory;
using AutomationCrm.Web.Hosting.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.People;

/// <summary>Adds a person with the administrator's language and time zone; the rest follows on the person's own page.</summary>
public sealed class NewModel(ISender sender, ICurrentPerson person) : PageModel
{
    public PersonFields Fields { get; private set; } = new("", "", "", null, "", null, false);

    public async Task<IActionResult> OnPostAsync(string? name, string? lastName, string? login, string? email, CancellationToken ct)
    {
        Fields = new(name ?? "", lastName ?? "", email ?? "", string.IsNullOrWhiteSpace(login) ? null : login.Trim(), "", null, IsAdmin: false);
        long id = 0;
        var request = new AddPerson(Fields) { Language = person.Culture.Name, TimeZone = person.TimeZone.Id };
        if (await this.TryAsync(async () => id = await sender.Send(request, ct)) is { } refused) return refused;
        return ModelState.IsValid ? RedirectToPage("Edit", new { id }) : Page();
    }
}
