using AutomationCrm.Web.Rest.Protocol.Methods;

namespace AutomationCrm.Web.Rest.Binding;

/// <summary>Joins the protocol to the use cases: who acts and how their errors read.</summary>
internal static class BindingServices
{
    public static IServiceCollection AddRestBinding(this IServiceCollection services) =>
        services.AddScoped<IRestCallScope, CallerScope>().AddSingleton<IRestErrorMapper, UseCaseErrors>();
}
