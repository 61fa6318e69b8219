namespace AutomationCrm.Web.Pages.Items;

/// <summary>A column of a list of items.</summary>
/// <param name="Code">The field it shows.</param>
/// <param name="SortUrl">Null where it cannot order the list.</param>
/// <param name="Sorted">asc, desc or null.</param>
public sealed record ListColumn(string Code, string Title, string? SortUrl, string? Sorted, bool Numeric = false);
