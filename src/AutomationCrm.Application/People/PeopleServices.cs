using AutomationCrm.Application.People.Passwords;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Application.People.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.People;

internal static class PeopleServices
{
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddScoped<CurrentSession>();
        services.AddScoped<SessionBook>();
        services.AddScoped<PasswordGate>();
        services.AddScoped<SecondFactors.SecondFactorGate>();
        services.AddSingleton<AddressBackOff>();
        services.AddSingleton<WebhookCache>();
        return services;
    }
}
