using System.Globalization;
using AutomationCrm.Web.Pages.Shared.Items;
using Microsoft.AspNetCore.Http.Extensions;

namespace AutomationCrm.Web.Pages.Shared.Board;

/// <summary>A board with its filter as an address; the filter lives in the URL and nowhere else.</summary>
internal sealed record BoardAddress(ItemKind Kind, int PipelineId, string? Search, long? Responsible)
{
    public string Board => "/" + Kind.Path + Query([]);

    public string Handler(string handler, params IEnumerable<(string Name, string Value)> more) => "/" + Kind.Path + Query([("handler", handler), .. more]);

    public string Automation(string? stageId) =>
        string.Create(CultureInfo.InvariantCulture, $"/automation/{Kind.Path}/{PipelineId}") + (stageId is null ? "" : "#stage-" + Uri.EscapeDataString(stageId));

    private string Query(IEnumerable<(string Name, string Value)> more)
    {
        var query = new QueryBuilder { { "pipeline", PipelineId.ToString(CultureInfo.InvariantCulture) } };
        if (!string.IsNullOrWhiteSpace(Search)) query.Add("q", Search);
        if (Responsible is { } person) query.Add("responsible", person.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in more) query.Add(name, value);
        return query.ToString();
    }
}
