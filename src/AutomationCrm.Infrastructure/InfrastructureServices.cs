using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.History;
using AutomationCrm.Application.Automation.Incidents.Bulk;
using AutomationCrm.Application.Crm.Board;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Files;
using AutomationCrm.Application.Import;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Infrastructure.Documents;
using AutomationCrm.Infrastructure.Files;
using AutomationCrm.Infrastructure.Import;
using AutomationCrm.Infrastructure.Persistence;
using AutomationCrm.Infrastructure.Persistence.History;
using AutomationCrm.Infrastructure.Persistence.Items;
using AutomationCrm.Application.Ports;
using AutomationCrm.Infrastructure.Messages;
using AutomationCrm.Infrastructure.Outbound;
using AutomationCrm.Infrastructure.Persistence.Lanes;
using AutomationCrm.Infrastructure.Persistence.Work;
using AutomationCrm.Infrastructure.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace AutomationCrm.Infrastructure;

/// <summary>The cellar's services, over one database.</summary>
public static class InfrastructureServices
{
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => CreateDataSource(connectionString));
        // Options once for all: made for every scope they cost more than a stage change.
        services.AddDbContext<CrmDbContext>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()).AddInterceptors(new DoubledKeys()), optionsLifetime: ServiceLifetime.Singleton);
        services.AddSingleton<IIdSource, IdSource>();
        services.AddSingleton<ILaneStore, LaneStore>();
        services.AddSingleton<IDeliveryStore, DeliveryStore>();
        services.AddSingleton<IHistoryStore, HistoryStore>();
        services.AddSingleton<IBulkStore, BulkStore>();
        services.AddSingleton<IItemReader, ItemReader>();
        services.AddSingleton<IBoardReader, BoardReader>();
        services.AddScoped<IWorkStore, WorkStore>();
        services.AddSingleton<IRehearsalStore, RehearsalStore>();
        services.AddSingleton<IImportStore, ImportStore>();
        services.AddSingleton<IImportFiles, ImportFiles>();
        services.AddSingleton<IFileStore, FileStore>();
        services.AddPaperwork();
        services.AddSecurity();
        services.AddSingleton<IMailSender, SmtpMailSender>();
        services.AddSingleton<MailboxReader>();
        AddOutbound(services);
        return services;
    }

    private static void AddOutbound(IServiceCollection services)
    {
        services.AddOptions<OutboundOptions>().BindConfiguration(OutboundOptions.Section);
        services.AddSingleton<OutboundAllowList>();
        services.TryAddSingleton(new OutboundNetwork());
        services.AddSingleton<IOutboundHttp, OutboundHttp>();
        services.AddSingleton<ISigningKeys, SigningKeys>();
    }

    /// <summary>
    /// Statements are prepared on second use: every text of the hot path is a constant. Nothing changes the settings of a session, takes
    /// session locks or makes temporary tables, so a connection needs no reset (seven statements) before its next use.
    /// </summary>
    public static NpgsqlDataSource CreateDataSource(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 256, AutoPrepareMinUsages = 2, ApplicationName = "AutomationCrm", NoResetOnClose = true };
        if (builder.MaxPoolSize == 100) builder.MaxPoolSize = 40;
        return NpgsqlDataSource.Create(builder);
    }
}
