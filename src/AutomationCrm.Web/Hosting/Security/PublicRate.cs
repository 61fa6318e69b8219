using System.Globalization;
using System.Threading.RateLimiting;
using AutomationCrm.Web.Hosting.Portal;
using AutomationCrm.Web.Hosting.SignIn;
using Microsoft.AspNetCore.RateLimiting;

namespace AutomationCrm.Web.Hosting.Security;

/// <summary>How often one network address may ask for what needs no sign-in: public pages, forms, and what mails lead back to (attack list A14).</summary>
internal static class PublicRate
{
    public const string Name = "public";
    private const int Default = 300;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddPublicRate(this IServiceCollection services, IConfiguration configuration)
    {
        var most = Read(configuration);
        return services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = ((int)Window.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
            options.AddPolicy(Name, context => RateLimitPartition.GetFixedWindowLimiter(RemoteAddress.KeyOf(context), _ => new() { PermitLimit = most, Window = Window }));
        });
    }

    private static int Read(IConfiguration configuration)
    {
        var text = configuration["Crm:PublicRequestsPerMinute"];
        if (string.IsNullOrEmpty(text)) return Default;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= 1_000_000
            ? most
            : throw new StartupException($"Crm__PublicRequestsPerMinute is \"{text}\". Use a number from 1 to 1000000.");
    }
}
