using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Localization;

/// <summary>The texts whose keys begin with "js." as the JSON block that scripts read from the page.</summary>
internal sealed class ScriptTexts(IStringLocalizer<Texts> texts)
{
    private const string Prefix = "js.";
    private readonly ConcurrentDictionary<string, string> blocks = new(StringComparer.Ordinal);

    /// <summary>Safe inside a script element: the serializer escapes angle brackets.</summary>
    public string Json() => blocks.GetOrAdd(CultureInfo.CurrentUICulture.Name, _ => Build());

    private string Build()
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts.GetAllStrings(includeParentCultures: true))
        {
            if (text.Name.StartsWith(Prefix, StringComparison.Ordinal)) found.TryAdd(text.Name[Prefix.Length..], text.Value);
        }

        return JsonSerializer.Serialize(found);
    }
}
