using System.Text.Json;

namespace AutomationCrm.Web.Pages.Shared.Layout;

/// <summary>What an answer to htmx can do besides its markup.</summary>
public static class HtmxAnswer
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Shows a message in the corner; with an undo address it carries an Undo button for the given seconds.</summary>
    public static void Toast(this HttpResponse response, string message, string tone = "success", string? undoUrl = null, int? undoSeconds = null) =>
        response.Headers["HX-Trigger"] = JsonSerializer.Serialize(
            new Dictionary<string, object>(StringComparer.Ordinal) { ["crm:toast"] = new { message, tone, undoUrl, undoSeconds } }, Json);
}
