using System.Globalization;
using AutomationCrm.Web.Pages.Shared.Items;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>Addresses of the automation pages of one pipeline.</summary>
internal sealed record AutomationAddress(ItemKind Kind, int PipelineId)
{
    public string Pipeline => string.Create(CultureInfo.InvariantCulture, $"/automation/{Kind.Path}/{PipelineId}");

    public string Stage(string stageId) => $"{Pipeline}#stage-{Uri.EscapeDataString(stageId)}";

    public string Add(string stageId, string type) => $"{Pipeline}/robot?stage={Uri.EscapeDataString(stageId)}&type={Uri.EscapeDataString(type)}";

    public string Edit(string stageId, string key) => $"{Pipeline}/robot?stage={Uri.EscapeDataString(stageId)}&key={Uri.EscapeDataString(key)}";

    public string Versions(string stageId) => $"{Pipeline}/versions?stage={Uri.EscapeDataString(stageId)}";

    public string Board => string.Create(CultureInfo.InvariantCulture, $"/{Kind.Path}?pipeline={PipelineId}");
}
