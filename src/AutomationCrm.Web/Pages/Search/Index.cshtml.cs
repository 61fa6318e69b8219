using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Search;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Search;

/// <summary>Everything by title, number, client, phone and e-mail, grouped by type; the best type first.</summary>
public sealed class IndexModel(ISender sender) : PageModel
{
    private const int Most = 60;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Query { get; set; }

    public IReadOnlyList<IGrouping<int, SearchHit>> Groups { get; private set; } = [];

    public string Text => Query is null ? "" : Query.Trim() is { Length: > 200 } longer ? longer[..200] : Query.Trim();

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (Text.Length == 0) return;

        var hits = await sender.Send(new SearchEverything(Text) { Take = Most }, ct);
        Groups = [.. hits.GroupBy(h => h.Item.TypeId)];
    }

    /// <summary>A text in pieces; the marked ones are what was searched for.</summary>
    public IEnumerable<(string Piece, bool Marked)> Pieces(string text)
    {
        var words = Text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var at = 0;
        while (at < text.Length)
        {
            var (start, length) = words.Select(w => (Start: text.IndexOf(w, at, StringComparison.CurrentCultureIgnoreCase), w.Length)).Where(m => m.Start >= 0 && m.Start + m.Length <= text.Length).OrderBy(m => m.Start).ThenByDescending(m => m.Length).FirstOrDefault((Start: -1, Length: 0));
            if (start < 0) break;
            if (start > at) yield return (text[at..start], false);
            yield return (text.Substring(start, length), true);
            at = start + length;
        }

        if (at < text.Length) yield return (text[at..], false);
    }
}
