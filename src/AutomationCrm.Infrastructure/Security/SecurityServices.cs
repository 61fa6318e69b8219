using AutomationCrm.Application.People.Passwords;
using AutomationCrm.Application.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AutomationCrm.Infrastructure.Security;

internal static class SecurityServices
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.TryAddSingleton<IPasswordHasher, PasswordHasher>();
        services.AddOptions<SecretOptions>().BindConfiguration(SecretOptions.Section);
        services.AddSingleton<ISecretBox, SecretBox>();
        services.AddSingleton<IProtectionKeyStore, ProtectionKeyStore>();
        return services;
    }
}
