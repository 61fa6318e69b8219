using AutomationCrm.Web.Resources;
using FluentValidation.Results;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Localization;

/// <summary>What people and programs call a request's property, and the validation library's messages with that name in them.</summary>
internal static class PropertyNames
{
    private const string Shown = "PropertyName";

    /// <summary>Its caption in the reader's language.</summary>
    public static string Caption(IStringLocalizer<Texts> texts, string path)
    {
        var name = Name(path);
        // Parameters in capitals are captioned as any others.
        if (name.All(char.IsUpper)) name = name.ToLowerInvariant();
        return texts[$"property.{name}"];
    }

    /// <summary>As it is written on the wire: the last part of the path, in camelCase.</summary>
    public static string Name(string path)
    {
        var parts = path.Split('.');
        // How many there are of something is told of the thing itself.
        var last = parts.Length > 1 && parts[^1] is "Count" or "Value" ? parts[^2] : parts[^1];
        if (last.IndexOf('[', StringComparison.Ordinal) is var open and >= 0) last = last[..open];
        return last.Length > 1 && char.IsUpper(last[1]) ? last : char.ToLowerInvariant(last[0]) + last[1..];
    }

    /// <summary>Whether a rule of a request refused, so that the property is ours to name; other failures name their place themselves.</summary>
    public static bool IsOfRule(ValidationFailure failure) => failure.FormattedMessagePlaceholderValues?.ContainsKey(Shown) == true;

    /// <summary>The message with <paramref name="name"/> in the place of the property's name.</summary>
    public static string Reword(ValidationFailure failure, string name) =>
        IsOfRule(failure) ? failure.ErrorMessage.Replace($"'{failure.FormattedMessagePlaceholderValues[Shown]}'", name, StringComparison.Ordinal) : failure.ErrorMessage;
}
