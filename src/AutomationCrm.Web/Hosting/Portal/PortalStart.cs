using AutomationCrm.Application.Demo;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Setup;
using AutomationCrm.Infrastructure.Persistence;
using AutomationCrm.Web.Hosting.SignIn;
using Npgsql;

namespace AutomationCrm.Web.Hosting.Portal;

/// <summary>Brings the portal up before the first request: schema, pipelines, first administrator, demo data.</summary>
internal static class PortalStart
{
    public static async Task PrepareAsync(WebApplication app, CrmOptions options, CancellationToken ct)
    {
        await Migrator.ApplyAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), ct);
        await InScopeAsync(app, sender => sender.Send(new SetUpPortal(), ct));
        await InScopeAsync(app, sender => sender.Send(new ShipTemplates(), ct));
        await app.Services.GetRequiredService<IPortal>().FreshAsync(ct);
        if (!options.Pages || await FirstRunSetup.RunAsync(app.Services, options.Url, options.DataDirectory, ct) is not { } note) return;

        var snapshot = await app.Services.GetRequiredService<IPortal>().FreshAsync(ct);
        if (options.Demo) await LoadDemoAsync(app, options, snapshot.People.Values.First(p => p.IsAdmin).Id, ct);
        await Console.Out.WriteLineAsync(FirstRunSetup.Describe(note));
    }

    private static async Task<T> InScopeAsync<T>(WebApplication app, Func<ISender, Task<T>> run)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(Caller.SystemId, isAdmin: true, Origin.Setup);
        return await run(scope.ServiceProvider.GetRequiredService<ISender>());
    }

    /// <summary>The demo company, only in a portal that nobody has used yet.</summary>
    private static async Task LoadDemoAsync(WebApplication app, CrmOptions options, long administrator, CancellationToken ct)
    {
        var sink = options.Url + "/demo/sink/";
        if (!await InScopeAsync(app, sender => sender.Send(new LoadDemoPeople(administrator, sink), ct))) return;

        await app.Services.GetRequiredService<IPortal>().FreshAsync(ct);
        await InScopeAsync(app, sender => sender.Send(new LoadDemo(administrator), ct));
        await InScopeAsync(app, sender => sender.Send(new LoadDemoAutomation(administrator, sink), ct));
        await InScopeAsync(app, sender => sender.Send(new LoadDemoToday(administrator), ct));
    }
}
