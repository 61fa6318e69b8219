using AutomationCrm.Infrastructure.EmbeddedPostgres;
using AutomationCrm.Infrastructure.Persistence;
using AutomationCrm.Web.Hosting;
using AutomationCrm.Web.Hosting.Portal;
using AutomationCrm.Web.Hosting.SignIn;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddCrmLogging();
    var options = CrmOptions.Read(builder.Configuration, builder.Environment.ContentRootPath);
    using var startLog = LoggerFactory.Create(log => log.AddSimpleConsole());
    await using var database = await PortalDatabase.OpenAsync(builder.Configuration, options, builder.Environment.ContentRootPath, startLog.CreateLogger("Database"));
    await using var app = CrmHost.Build(builder, options, database.ConnectionString);
    await PortalStart.PrepareAsync(app, options, CancellationToken.None);
    if (ImportCommand.IsAsked(args)) return await ImportCommand.RunAsync(app.Services, args, Console.Out, CancellationToken.None);
    if (SignInLinkCommand.IsAsked(args)) return await SignInLinkCommand.RunAsync(app.Services, args, options.Url, Console.Out, CancellationToken.None);

    await app.RunAsync();
    return 0;
}
catch (Exception failure) when (failure is StartupException or EmbeddedPostgresException or MigrationException)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
catch (IOException failure) when (failure.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{failure.Message} Another program uses the port: stop it, or choose another with ASPNETCORE_URLS=http://localhost:5001.");
    return 1;
}

/// <summary>The entry point, visible to the tests that host the app.</summary>
public partial class Program;
