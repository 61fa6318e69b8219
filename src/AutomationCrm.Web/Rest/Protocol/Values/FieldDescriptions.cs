using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Values;

/// <summary>What *.fields methods answer about fields.</summary>
internal static class FieldDescriptions
{
    public static RestMap Write(RestFieldSet set) => RestValue.Map(set.Fields.Select(f => (set.NameOf(f), (RestValue)Describe(set, f))));

    private static RestMap Describe(RestFieldSet set, IRestField field)
    {
        var text = RestValue.Map(
            ("type", field.TypeName),
            ("isRequired", field.Required),
            ("isReadOnly", field.ReadOnly),
            ("isImmutable", field.Immutable),
            ("isMultiple", field.Multiple),
            ("isDynamic", field.Custom),
            ("title", field.Custom && set.IsClassic ? field.ClassicName : field.Title));
        if (field.StatusType is { } status) text["statusType"] = status;
        if (field.Options.Count > 0) text["items"] = RestValue.List(field.Options.Select(o => (RestValue)RestValue.Map(("ID", o.Id), ("VALUE", o.Name))));
        if (field.Custom) foreach (var label in (string[])["listLabel", "formLabel", "filterLabel"]) text[label] = field.Title;
        if (!set.IsClassic) text["upperName"] = field.ClassicName;
        return text;
    }
}
