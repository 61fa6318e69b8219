using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.People.Accounts;
using AutomationCrm.Web.Pages.Shared.Layout;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>The frame around the pages of a signed-in person.</summary>
internal sealed class PersonShell(ICurrentPerson person, ISender sender) : IShell
{
    private const string PortalName = "AutomationCrm";

    public async Task<ShellView> GetAsync(CancellationToken ct)
    {
        if (!person.IsSignedIn) return new ShellView { PortalName = PortalName };

        var frame = await sender.Send(new GetFrame(), ct);
        return new ShellView
        {
            PortalName = PortalName,
            PersonName = person.Name,
            PersonDetail = person.Position,
            ViewingAs = person.IsViewingAs ? person.Name : null,
            ViewAs = [.. frame.ViewAs.Select(p => new ViewAsPerson(p.Id, p.Name, p.Position))],
            OpenTasks = frame.OpenTasks,
            NeedsAttention = frame.NeedsAttention,
            Unread = frame.Unread,
            Topics = $"{Topics.Person(person.Id)} {Topics.Attention}",
        };
    }
}
