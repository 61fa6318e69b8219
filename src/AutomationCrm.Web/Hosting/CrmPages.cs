using AutomationCrm.Application.Ports;
using AutomationCrm.Web.Hosting.Errors;
using AutomationCrm.Web.Hosting.Live;
using AutomationCrm.Web.Hosting.Mail;
using AutomationCrm.Web.Hosting.Security;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Automation;
using AutomationCrm.Web.Pages.Automation.Editor;
using AutomationCrm.Web.Pages.Automation.Forms;
using AutomationCrm.Web.Pages.Automation.Trial;
using AutomationCrm.Web.Pages.Automation.Versions;
using AutomationCrm.Web.Pages.Dev;
using AutomationCrm.Web.Pages.Shared.Board;
using AutomationCrm.Web.Pages.Items;
using AutomationCrm.Web.Pages.Outbox;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Pages.Shared.Timeline;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AutomationCrm.Web.Hosting;

/// <summary>The server-rendered pages with everything they stand on: security, texts, errors, static assets, live hints.</summary>
internal static class CrmPages
{
    public static WebApplicationBuilder AddCrmPages(this WebApplicationBuilder builder)
    {
        // Without it the build output, run outside Development, answers fingerprinted assets with an empty body.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddCrmSecurity();
        builder.Services.AddPublicRate(builder.Configuration);
        builder.Services.AddCrmLocalization();
        builder.Services.AddProblemDetails();
        builder.Services.AddSignalR();
        builder.Services.AddSingleton<LiveHints>();
        builder.Services.AddScoped<LiveTopics>();
        builder.Services.AddSingleton<ILiveHints>(provider => provider.GetRequiredService<LiveHints>());
        builder.Services.TryAddScoped<IShell, EmptyShell>();
        builder.Services.AddSingleton<SampleBoard>();
        builder.Services.AddSingleton<BoardViewBuilder>();
        builder.Services.AddScoped<FieldTitles>();
        builder.Services.AddScoped<FieldFormat>();
        builder.Services.AddScoped<FieldForm>();
        builder.Services.AddScoped<Pages.GlobalValues.ValueForm>();
        builder.Services.AddScoped<Refusals>();
        builder.Services.AddScoped<ConditionTexts>();
        builder.Services.AddScoped<DelayTexts>();
        builder.Services.AddScoped<TimelineBuilder>();
        builder.Services.AddScoped<RunTexts>();
        builder.Services.AddScoped<OutboxTexts>();
        builder.Services.AddScoped<RequestText>();
        builder.Services.AddScoped<RobotTexts>();
        builder.Services.AddScoped<TriggerTexts>();
        builder.Services.AddScoped<TrialTexts>();
        builder.Services.AddScoped<RobotFigures>();
        builder.Services.AddScoped<DiffTexts>();
        builder.Services.AddScoped<EditorFacts>();
        builder.Services.AddScoped<TypeNames>();
        builder.Services.AddScoped<PickViews>();
        builder.Services.AddScoped<ProblemTexts>();
        builder.Services.AddRazorPages(options => DevPages.Hide(options, builder)).AddMvcOptions(mvc =>
        {
            mvc.Filters.Add<UseCaseErrorFilter>();
            mvc.Filters.Add<UnknownHandlerFilter>();
        });
        return builder;
    }

    /// <summary>First of all middleware; authentication comes after it, <see cref="UseCrmCulture"/> after that.</summary>
    public static WebApplication UseCrmPages(this WebApplication app)
    {
        app.UseCrmSecurity();
        app.UseCrmErrorPages();
        app.UseUninterrupted();
        // Named here, so that an error page is routed when the error middleware runs the rest again.
        app.UseRouting();
        app.UseRateLimiter();
        return app;
    }

    /// <summary>After authentication, because the language and the time zone are the person's.</summary>
    public static WebApplication UseCrmCulture(this WebApplication app)
    {
        app.UseRequestLocalization();
        return app;
    }

    public static WebApplication MapCrmPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
        MailEndpoints.Map(app);
        app.MapHub<LiveHub>(LiveHub.Path).RequireAuthorization(Policies.SignedIn);
        return app;
    }
}
