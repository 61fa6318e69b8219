using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace AutomationCrm.Web.Pages.Shared.Layout;

/// <summary>A message for the next page after a redirect; works without script. Tone: success, info, warning or danger.</summary>
public sealed record Flash(string Message, string Tone = "success", string? UndoUrl = null)
{
    private const string Key = "flash";

    public static void Set(ITempDataDictionary data, Flash flash) => data[Key] = JsonSerializer.Serialize(flash);

    public static Flash? Take(ITempDataDictionary data) =>
        data.TryGetValue(Key, out var text) && text is string json ? JsonSerializer.Deserialize<Flash>(json) : null;
}
