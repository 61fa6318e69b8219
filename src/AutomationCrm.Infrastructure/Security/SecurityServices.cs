using AutomationCrm.Application.People.Passwords;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AutomationCrm.Infrastructure.Security;

internal static class SecurityServices
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.TryAddSingleton<IPasswordHasher, PasswordHasher>();
        return services;
    }
}
