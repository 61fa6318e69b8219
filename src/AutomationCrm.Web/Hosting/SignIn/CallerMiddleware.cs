using System.Security.Claims;
using AutomationCrm.Application.Common.Calls;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>Tells the use cases of this request who acts. Somebody who is not signed in is nobody, never the system.</summary>
internal static class CallerMiddleware
{
    private const string CommandIdHeader = "X-Command-Id";

    /// <summary>No row of person has it.</summary>
    private const long NobodyId = -1;

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var caller = context.RequestServices.GetRequiredService<Caller>();
        var user = context.User;
        if (user.Identity is { IsAuthenticated: true }) caller.Become(PersonClaims.IdOf(user, ClaimTypes.NameIdentifier), user.HasClaim(PersonClaims.Admin, "1"), Origin.Page);
        else caller.Become(NobodyId, isAdmin: false, Origin.Page);

        if (Guid.TryParse(context.Request.Headers[CommandIdHeader], out var commandId) && commandId != Guid.Empty) caller.CommandId = commandId;
        return next(context);
    }
}
