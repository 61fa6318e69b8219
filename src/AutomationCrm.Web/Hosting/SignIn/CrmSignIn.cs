using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Rest.Protocol.Methods;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>Sessions, policies, antiforgery, view-as and webhooks of the web host.</summary>
internal static class CrmSignIn
{
    private const string ApplicationName = "AutomationCrm";

    /// <summary>After AddCrmPages and AddRest: their stand-ins for person, preferences and request factory are replaced or wrapped.</summary>
    public static IServiceCollection AddCrmSignIn(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddAuthentication(SessionAuthentication.Name).AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.Name, configureOptions: null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.SignedIn, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.Administrator, policy => policy.RequireAuthenticatedUser().RequireClaim(PersonClaims.Admin))
            .SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddTransient<IStartupFilter, PolicyCheck>();
        services.Configure<RazorPagesOptions>(ProtectPages);

        services.AddScoped<ICurrentPerson, CurrentPerson>();
        services.Replace(ServiceDescriptor.Scoped<IUserPreferences, PersonPreferences>());
        services.Replace(ServiceDescriptor.Scoped<IShell, PersonShell>());
        services.AddScoped<IWebhookAuthenticator, WebhookAuthenticator>();
        WrapContextFactory(services);

        services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, ProtectionKeys>();
        return services;
    }

    /// <summary>After UseCrmPages (headers, cross-site check, routing), before UseCrmCulture.</summary>
    public static IApplicationBuilder UseCrmSignIn(this IApplicationBuilder app) =>
        app.UseAuthentication()
            .Use(next => context => CallerMiddleware.InvokeAsync(context, next))
            .Use(next => context => AntiforgeryGuard.InvokeAsync(context, next))
            .UseAuthorization();

    /// <summary>Pages are for people who are signed in; administration is for administrators. A page may say AllowAnonymous.</summary>
    private static void ProtectPages(RazorPagesOptions options)
    {
        options.Conventions.AuthorizeFolder("/", Policies.SignedIn);
        options.Conventions.AuthorizeFolder("/People", Policies.Administrator);
        options.Conventions.AuthorizeFolder("/Import", Policies.Administrator);
        options.Conventions.AuthorizeFolder("/GlobalValues", Policies.Administrator);
        options.Conventions.AuthorizeFolder("/WebForms", Policies.Administrator);
        options.Conventions.AuthorizeFolder("/Templates", Policies.Administrator);
        options.Conventions.AuthorizeFolder("/Messages", Policies.Administrator);
        options.Conventions.AuthorizePage("/Mail/Index", Policies.Administrator);
    }

    private static void WrapContextFactory(IServiceCollection services)
    {
        var inner = services.LastOrDefault(s => s.ServiceType == typeof(IHttpContextFactory));
        services.AddSingleton<IHttpContextFactory>(provider => new SignInLinkFactory(
            inner?.ImplementationType is { } type ? (IHttpContextFactory)ActivatorUtilities.CreateInstance(provider, type)
            : inner?.ImplementationFactory is { } make ? (IHttpContextFactory)make(provider)
            : new DefaultHttpContextFactory(provider)));
    }
}
