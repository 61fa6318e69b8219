using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Search;
using AutomationCrm.Web.Pages.Shared.Fields;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Items;

/// <summary>What a field that refers to an item offers while somebody types: options of one type that the reader may see.</summary>
public sealed class PickModel(ISender sender) : PageModel
{
    private const int Most = 12;

    [BindProperty(SupportsGet = true, Name = "type")]
    public int TypeId { get; set; }

    public IReadOnlyList<string> Choices { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        // The control sends its text under its own name, f.CODE.
        var text = Request.Query.Where(p => p.Key.StartsWith("f.", StringComparison.Ordinal)).Select(p => p.Value.ToString()).FirstOrDefault() ?? "";
        if (text.Length is 0 or > 200) return;

        var hits = await sender.Send(new SearchEverything(text) { TypeIds = [TypeId], Take = Most }, ct);
        Choices = [.. hits.Select(h => FieldForm.PickText(h.Item.Id, h.Title))];
    }
}
