using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Service;

namespace AutomationCrm.Web.Rest;

/// <summary>All REST methods of the server: one line per group.</summary>
internal static class RestApi
{
    public static RestMethodTable Table { get; } = new(
        ServiceMethods.All);
}
