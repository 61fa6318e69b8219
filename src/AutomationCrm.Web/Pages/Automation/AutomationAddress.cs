using System.Globalization;
using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Web.Pages.Shared.Items;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>Addresses of the automation pages of one pipeline.</summary>
/// <param name="Drafts">Works on drafts instead of what is live.</param>
internal sealed record AutomationAddress(ItemKind Kind, int PipelineId, bool Drafts = false)
{
    public string Pipeline => Root + (Drafts ? "?drafts=true" : "");

    public string Live => Root;

    public string AllDrafts => Root + "?drafts=true";

    public string Problems => Root + "/problems";

    public string Transfer => Root + "/transfer";

    public string Shipped => Root + "/shipped";

    public string Pauses => Root + "/pauses";

    /// <summary>What the stages require.</summary>
    public string Required => Root + "/required";

    public string Guide => Root + "/guide";

    /// <summary>The dry run of a stage; of one version when it is given.</summary>
    public string Try(string stageId, int? version) => $"{Root}/try?stage={Uri.EscapeDataString(stageId)}" + (version is { } number ? string.Create(CultureInfo.InvariantCulture, $"&version={number}") : "");

    /// <summary>The dry run of a trigger.</summary>
    public string TryTrigger(string stageId, string key) => $"{Root}/try?stage={Uri.EscapeDataString(stageId)}&trigger={Uri.EscapeDataString($"{stageId}|{key}")}";

    public string Board => string.Create(CultureInfo.InvariantCulture, $"/{Kind.Path}?pipeline={PipelineId}");

    private string Root => string.Create(CultureInfo.InvariantCulture, $"/automation/{Kind.Path}/{PipelineId}");

    private string Mode => Drafts ? "&drafts=true" : "";

    public string Stage(string stageId) => $"{Pipeline}#stage-{Uri.EscapeDataString(stageId)}";

    public string Robot(string stageId, string key) => $"{Pipeline}#robot-{Uri.EscapeDataString(stageId)}-{Uri.EscapeDataString(key)}";

    public string Add(string stageId, string type) => $"{Root}/robot?stage={Uri.EscapeDataString(stageId)}&type={Uri.EscapeDataString(type)}{Mode}";

    /// <param name="part">The setting to lead to, or condition, delay, onError.</param>
    public string Edit(string stageId, string key, string? part = null) =>
        $"{Root}/robot?stage={Uri.EscapeDataString(stageId)}&key={Uri.EscapeDataString(key)}{Mode}{(part is null ? "" : "#" + Anchor(part))}";

    public string Copy(string stageId, params IEnumerable<string> keys) =>
        $"{Root}/copy?stage={Uri.EscapeDataString(stageId)}{string.Concat(keys.Select(k => "&keys=" + Uri.EscapeDataString(k)))}{Mode}";

    public string Versions(string stageId, int? from = null, int? to = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{Root}/versions?stage={Uri.EscapeDataString(stageId)}{(from is null ? "" : $"&from={from}&to={to}")}");

    public string Handler(string name, params IEnumerable<(string Name, string Value)> more) =>
        $"{Root}?handler={name}{string.Concat(more.Select(m => $"&{m.Name}={Uri.EscapeDataString(m.Value)}"))}{Mode}";

    public string AddTrigger(string stageId, string type) => $"{Root}/trigger?stage={Uri.EscapeDataString(stageId)}&type={Uri.EscapeDataString(type)}{Mode}";

    public string EditTrigger(string stageId, string key) => $"{Root}/trigger?stage={Uri.EscapeDataString(stageId)}&key={Uri.EscapeDataString(key)}{Mode}";

    public string TriggerHandler(string name, string stageId, string? key, string type) =>
        $"{Root}/trigger?handler={name}&stage={Uri.EscapeDataString(stageId)}&type={Uri.EscapeDataString(type)}{(string.IsNullOrEmpty(key) ? "" : "&key=" + Uri.EscapeDataString(key))}{Mode}";

    public string RobotHandler(string name, string stageId, string? key, string type, long? script = null) =>
        $"{Root}/robot?handler={name}&stage={Uri.EscapeDataString(stageId)}&type={Uri.EscapeDataString(type)}{(string.IsNullOrEmpty(key) ? "" : "&key=" + Uri.EscapeDataString(key))}{(script is null ? "" : $"&script={script}")}{Mode}";

    /// <summary>The page with the question what to do with the items that stand already where robots were added; at the stage when there is nothing to ask.</summary>
    public string Made(string stageId, params IReadOnlyList<MadeVersion> versions) =>
        versions.Count == 0 ? Stage(stageId) : $"{Root}?{string.Join('&', versions.Select(v => "made=" + Uri.EscapeDataString(v.ToString())))}{Mode}#stage-{Uri.EscapeDataString(stageId)}";

    /// <summary>The questions alone.</summary>
    public string Ask(IEnumerable<MadeVersion> versions) => Handler("Ask", versions.Select(v => ("made", v.ToString())));

    public string Scripts => Root + "/scripts";

    public string Script(long id) => string.Create(CultureInfo.InvariantCulture, $"{Root}/script?id={id}");

    public string ScriptRobot(long id, string? key, string? type) =>
        string.Create(CultureInfo.InvariantCulture, $"{Root}/robot?script={id}{(key is null ? "" : "&key=" + Uri.EscapeDataString(key))}{(type is null ? "" : "&type=" + Uri.EscapeDataString(type))}");

    public string Usage => Root + "/usage";

    /// <summary>The page that shows what a process is begun with.</summary>
    public string Process(ProcessEntry entry, string stageId, params IEnumerable<string> keys) =>
        $"{Root}/process?entry={entry}&stage={Uri.EscapeDataString(stageId)}{string.Concat(keys.Select(k => "&keys=" + Uri.EscapeDataString(k)))}";

    public string BeginProcess => Root + "/process";

    /// <summary>The id of a part of the robot's form.</summary>
    public static string Anchor(string part) => part is "condition" or "delay" or "onError" or "name" ? part : "setting-" + part;
}
