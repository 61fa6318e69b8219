using AutomationCrm.Application;
using AutomationCrm.Application.Automation.History;
using AutomationCrm.Application.Automation.Incidents.Bulk;
using AutomationCrm.Application.Crm.RecycleBin;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Hosting;
using AutomationCrm.Application.Import;
using AutomationCrm.Application.Import.Running;
using AutomationCrm.Infrastructure;
using AutomationCrm.Infrastructure.Messages;
using AutomationCrm.Infrastructure.Outbound;
using AutomationCrm.Robots;
using AutomationCrm.Web.Hosting.Demo;
using AutomationCrm.Web.Hosting.Health;
using AutomationCrm.Web.Hosting.Portal;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Rest;
using AutomationCrm.Web.Rest.Binding;
using AutomationCrm.Web.Rest.Protocol.Http;

namespace AutomationCrm.Web.Hosting;

/// <summary>Puts the rooms together: services, middleware, endpoints, for the role of this process.</summary>
internal static class CrmHost
{
    public static WebApplication Build(WebApplicationBuilder builder, CrmOptions options, string connectionString)
    {
        builder.Services.AddSingleton(options);
        // Rooms that keep files of their own (signing secrets, uploads) find the resolved directory under its key.
        builder.Configuration["Crm:DataDirectory"] = options.DataDirectory;
        // Links are made from it and never from the Host header of a request (attack list A24).
        builder.Configuration["Crm:Url"] = options.Url;
        builder.Services.PostConfigure<ImportOptions>(import =>
        {
            if (import.Folder.Length == 0) import.Folder = Path.Combine(options.DataDirectory, "imports");
        });
        builder.Services.PostConfigure<DocumentOptions>(documents =>
        {
            if (documents.NodeModules.Length == 0) documents.NodeModules = Path.Combine(builder.Environment.ContentRootPath, "Client", "node_modules");
        });
        builder.Services.AddApplication();
        builder.Services.AddRobots();
        builder.Services.AddInfrastructure(connectionString);
        builder.Services.AddSingleton<DemoSink>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(15));
        if (options.Worker)
        {
            builder.Services.AddHostedService<ExecutorService>();
            builder.Services.AddHostedService<RecycleBinService>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<HistoryKeeper>());
            builder.Services.AddHostedService(provider => provider.GetRequiredService<BulkRunner>());
            builder.Services.AddHostedService<MailboxService>();
        }

        if (options.Pages)
        {
            // The files lie where they were received.
            builder.Services.AddHostedService<ImportService>();
            builder.AddCrmPages();
            builder.Services.AddRest(RestApi.Table);
            builder.Services.AddRestBinding();
            builder.Services.AddCrmSignIn();
        }

        var app = builder.Build();
        app.Services.GetRequiredService<NodeState>().Role = options.Role.ToString().ToLowerInvariant();
        app.MapHealth();
        if (options.Demo) app.Services.GetRequiredService<OutboundAllowList>().Allow(new(options.Url));
        if (options.Pages) MapPages(app, options);
        return app;
    }

    private static void MapPages(WebApplication app, CrmOptions options)
    {
        app.UseRequestLog();
        app.UseCrmPages();
        app.UseCrmSignIn();
        app.UseCrmCulture();
        app.MapCrmPages();
        app.MapRest();
        if (options.Demo) DemoSink.Map(app);
    }
}
