using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Rest.Protocol.Methods;

namespace AutomationCrm.Web.Rest.Crm.Items;

/// <summary>The parameter entityTypeId.</summary>
internal static class ItemTypeArgument
{
    private const int OldInvoice = 5;

    /// <summary>The item type; throws NOT_FOUND for an unknown and ENTITY_TYPE_NOT_SUPPORTED for one that has other methods.</summary>
    public static ItemType Require(RestCall call)
    {
        var id = call.Arguments.Whole("entityTypeId") ?? 0;
        if (id == OldInvoice) throw NotSupported();
        return id is > 0 and <= int.MaxValue && call.Get<ITypeSource>().Find((int)id) is { } type
            ? type
            : throw new RestException(RestErrors.NotFound(call.Method, "Smart process not found") with { Argument = "entityTypeId" });
    }

    public static RestException NotSupported() =>
        new(new RestError(400, "ENTITY_TYPE_NOT_SUPPORTED", "Entity type is not supported", "entityTypeId"));
}
