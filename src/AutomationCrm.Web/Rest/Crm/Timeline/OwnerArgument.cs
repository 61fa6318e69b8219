using System.Globalization;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Crm.Timeline;

/// <summary>The item to which a comment or an activity belongs, as the protocol names it.</summary>
internal static class OwnerArgument
{
    /// <summary>By a type's word in lower case: deal, smart_invoice, dynamic_147.</summary>
    public static ItemRef? ByName(RestCall call, string? name, RestValue? id) =>
        call.Get<IPortal>().Current.Types.FirstOrDefault(t => t.Code.Equals(name, StringComparison.OrdinalIgnoreCase) || Dynamic(t).Equals(name, StringComparison.OrdinalIgnoreCase)) is { } type
        && RestArguments.TryWhole(id, out var number) && number > 0
            ? new ItemRef(type.Id, number)
            : null;

    /// <summary>By a type's number.</summary>
    public static ItemRef? ById(RestCall call, RestValue? typeId, RestValue? id) =>
        RestArguments.TryWhole(typeId, out var type) && type is > 0 and <= int.MaxValue && call.Get<IPortal>().Current.Type((int)type) is not null && RestArguments.TryWhole(id, out var number) && number > 0
            ? new ItemRef((int)type, number)
            : null;

    public static string NameOf(RestCall call, int typeId) => call.Get<IPortal>().Current.Type(typeId)?.Code.ToLowerInvariant() ?? string.Create(CultureInfo.InvariantCulture, $"dynamic_{typeId}");

    private static string Dynamic(ItemType type) => string.Create(CultureInfo.InvariantCulture, $"DYNAMIC_{type.Id}");
}
