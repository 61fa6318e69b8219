using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Crm.Items;

/// <summary>What every list of items takes; <c>start</c> comes with being paged.</summary>
internal static class ListParameters
{
    public static IReadOnlyList<RestParameter> All { get; } =
    [
        May("select", RestShape.ListOf(RestShape.Text), "Names of fields; * is all standard fields, UF_* all custom ones."),
        May("filter", RestShape.Map.Like(RestValue.Map((">id", 0))), "Conditions: a sign such as >=, !, @ or % in front of the name of a field."),
        May("order", RestShape.Map.Like(RestValue.Map(("id", "ASC"))), "ASC or DESC by the name of a field."),
    ];
}
