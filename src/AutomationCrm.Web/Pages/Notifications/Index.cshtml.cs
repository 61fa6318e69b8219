using System.Globalization;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Notifications;

/// <summary>The reader's bell.</summary>
public sealed class IndexModel(ISender sender, Caller caller, IStringLocalizer<Texts> texts) : PageModel
{
    private const int PageSize = 40;

    public NotificationPage Found { get; private set; } = null!;

    [BindProperty(SupportsGet = true, Name = "unread")]
    public bool UnreadOnly { get; set; }

    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    public string Topic => Topics.Person(caller.PersonId);

    public string? NextUrl => Found.HasMore ? Address(null, Found.Notifications[^1].Id) : null;

    public string Address(string? handler, long? before) => "/notifications" + QueryString.Create(new (string Name, string? Value)[]
    {
        ("handler", handler), ("unread", UnreadOnly ? "true" : null), ("before", before?.ToString(CultureInfo.InvariantCulture)),
    }.Where(p => p.Value is not null).Select(p => new KeyValuePair<string, string?>(p.Name, p.Value)));

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<PartialViewResult> OnGetListAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return Partial("_NotificationList", this);
    }

    /// <summary>Marks one as read and goes to what it is about; without an id marks all.</summary>
    public async Task<IActionResult> OnPostReadAsync(long? id, int? type, long? item, CancellationToken ct)
    {
        var marked = await sender.Send(new MarkNotificationsRead(id is { } one ? [one] : null), ct);
        if (type is { } typeId && item is { } itemId && ItemKind.All.Any(k => k.TypeId == typeId)) return Redirect(ItemKind.UrlOf(new ItemRef(typeId, itemId)));

        if (id is null) Flash.Set(TempData, new Flash(texts.Plural("notification.marked", marked)));
        return Redirect(Address(null, Before));
    }

    private async Task LoadAsync(CancellationToken ct) =>
        Found = await sender.Send(new ListNotifications(UnreadOnly) { BeforeId = Before, Limit = PageSize }, ct);
}
