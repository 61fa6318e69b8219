using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.OpenApi;
using AutomationCrm.Web.Rest.Protocol.Writing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AutomationCrm.Web.Rest.Protocol.Http;

/// <summary>Registers and maps the REST door. The host adds an <see cref="IWebhookAuthenticator"/>, and where it has them an <see cref="IRestCallScope"/> (scoped) and error mappers.</summary>
internal static class RestExtensions
{
    public const string OpenApiPath = "/openapi/rest.json";

    public static IServiceCollection AddRest(this IServiceCollection services, RestMethodTable table)
    {
        services.AddOptions<RestOptions>().BindConfiguration(RestOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(table);
        services.AddSingleton<OperatingMeter>();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<SignInLockout>();
        services.AddSingleton<RestTimer>();
        services.AddSingleton<EnvelopeWriter>();
        services.AddSingleton<RestResponder>();
        services.AddSingleton<RestErrorTranslator>();
        services.AddSingleton<RestDispatcher>();
        services.AddScoped<RestSignIn>();
        services.AddScoped<RestEndpoint>();
        services.AddSingleton<IHttpContextFactory, RestHttpContextFactory>();
        // A batch sent by GET is a long line.
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestLineSize = 64 * 1024);
        // Kestrel's notes about broken requests quote the request line.
        return services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Warning));
    }

    public static void MapRest(this IEndpointRouteBuilder app)
    {
        app.Map("/rest/{**path}", Handle).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        app.MapGet(OpenApiPath, (RestMethodTable table) => Results.Bytes(OpenApiWriter.Write(table), "application/json; charset=utf-8"))
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    private static Task Handle(HttpContext context) => context.RequestServices.GetRequiredService<RestEndpoint>().HandleAsync(context);
}
