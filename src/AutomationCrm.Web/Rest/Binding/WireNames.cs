using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Rest.Protocol.Methods;

namespace AutomationCrm.Web.Rest.Binding;

/// <summary>What a method calls a property of the request behind it.</summary>
internal static class WireNames
{
    /// <summary>Requests speak of a type where the protocol says entity type.</summary>
    private static readonly Dictionary<string, string> Entities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["typeId"] = "entityTypeId",
        ["itemId"] = "entityId",
    };

    public static string Of(string path, RestMethod method)
    {
        var name = PropertyNames.Name(path);
        var known = method.Parameters.Concat(method.Parameters.SelectMany(p => p.Shape.Properties)).Select(p => p.Name).ToList();
        return known.Find(k => Same(k, name))
            ?? (Entities.TryGetValue(name, out var entity) ? known.Find(k => Same(k, entity)) : null)
            ?? name;
    }

    private static bool Same(string parameter, string name) =>
        string.Equals(parameter.Replace("_", "", StringComparison.Ordinal), name, StringComparison.OrdinalIgnoreCase);
}
