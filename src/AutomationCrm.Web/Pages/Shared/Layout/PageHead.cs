using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace AutomationCrm.Web.Pages.Shared.Layout;

/// <summary>One step above the page; the page itself is not among them.</summary>
public sealed record Crumb(string Text, string Href);

/// <summary>Title, way back and one line of explanation; actions come in the section "Actions".</summary>
public sealed record PageHead(string Title)
{
    private const string Key = "PageHead";

    public IReadOnlyList<Crumb> Crumbs { get; init; } = [];

    public string? Lead { get; init; }

    public static void Set(ViewDataDictionary data, PageHead head) => data[Key] = head;

    public static PageHead? Get(ViewDataDictionary data) => data[Key] as PageHead;
}
