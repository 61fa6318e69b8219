using System.Reflection;
using AutomationCrm.Application.Automation.Dispatching;
using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.History;
using AutomationCrm.Application.Automation.Incidents;
using AutomationCrm.Application.Automation.Incidents.Bulk;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Automation.Undo;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Card;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Hosting;
using AutomationCrm.Application.Import;
using AutomationCrm.Application.Import.Running;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Messages;
using AutomationCrm.Application.People;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Outbox;
using AutomationCrm.Application.Ports;
using AutomationCrm.Application.Robots;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AutomationCrm.Application;

/// <summary>What can be done, as services: handlers and validators by scan, the rest by name.</summary>
public static class ApplicationServices
{
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<ISender, Sender>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(CommandBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(OnceBehavior<,>));
        AddHandlers(services, typeof(ApplicationServices).Assembly);

        services.AddSingleton<ITypeSource, BuiltInTypeSource>();
        services.AddSingleton<IPortal, Portal.Portal>();
        services.AddSingleton<IAccess, Access>();
        services.AddScoped<Caller>();
        services.AddScoped<UnitOfWork>();
        services.AddScoped<IUnitOfWork>(provider => provider.GetRequiredService<UnitOfWork>());
        services.AddScoped<EventRecorder>();
        services.AddScoped<ConflictCheck>();
        services.AddScoped<TimelineReader>();
        services.AddScoped<TimelineWords>();
        services.AddScoped<UndoWindow>();
        services.AddScoped<RunUndo>();
        services.AddScoped<Redelivery>();
        services.AddScoped<IncidentResolver>();
        services.AddScoped<IncidentDesk>();
        services.AddScoped<LatestRetry>();
        services.AddSingleton<BulkBell>();
        services.AddSingleton<BulkRunner>();
        services.AddScoped<TaskGate>();
        services.AddScoped<WaitDesk>();

        services.AddScoped<ChainBudget>();
        services.AddTriggers();
        services.AddScoped<IReaction, SignalReaction>();
        services.AddScoped<IHappeningReaction, SignalReaction>();
        services.AddSingleton<RobotCatalogue>();
        services.AddScoped<Automation.Stages.StageAutomationCheck>();
        services.AddScoped<RunValues>();
        services.AddOptions<Crm.RecycleBin.RecycleBinOptions>().BindConfiguration(Crm.RecycleBin.RecycleBinOptions.Section);
        services.AddScoped<Crm.RecycleBin.RecycleBinSweep>();
        services.AddPeople();
        Automation.Editing.EditingServices.AddEditing(services);
        services.AddMessages();
        services.AddDocuments();
        AddExecutor(services);
        AddExplain(services);
        AddImport(services);
        return services;
    }

    /// <summary>Registers every request handler and validator of an assembly.</summary>
    public static void AddHandlers(IServiceCollection services, Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(t => t is { IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType))
            {
                if (contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)) services.AddScoped(contract, type);
                else if (contract.GetGenericTypeDefinition() == typeof(IValidator<>)) services.AddSingleton(contract, type);
            }
        }
    }

    private static void AddExecutor(IServiceCollection services)
    {
        services.AddOptions<LaneOptions>().BindConfiguration(LaneOptions.Section);
        services.AddSingleton<LaneWakeup>();
        services.AddSingleton<NodeState>();
        services.AddSingleton<StaleWriters>();
        services.AddSingleton<LaneWorker>();
        services.AddSingleton<DestinationGate>();
        services.AddSingleton<DeliveryPicker>();
        services.AddSingleton<DeliveryWorker>();
        services.AddSingleton<IAfterCommit, AfterCommit>();
        services.TryAddSingleton<ILiveHints, NoLiveHints>();
        services.AddScoped<StepBudget>();
        services.AddScoped<LaneBatch>();
        services.AddScoped<RunMemory>();
        services.AddScoped<RobotRunLog>();
        services.AddScoped<RunResults>();
        services.AddScoped<RobotEnding>();
        services.AddScoped<Automation.Values.RunVariables>();
        services.AddScoped<Automation.Values.IValueRoot>(provider => provider.GetRequiredService<Automation.Values.RunVariables>());
        services.AddScoped<Automation.Values.IValueRoot, Automation.Values.GlobalConstants>();
        services.AddScoped<Automation.Values.IValueRoot, Automation.Values.GlobalVariables>();
        services.AddScoped<RobotStep>();
        services.AddScoped<TrackRunner>();
        services.AddScoped<Automation.Pausing.PauseGate>();
        services.AddScoped<RunSuccessor>();
        services.AddScoped<RunDesk>();
        services.AddScoped<ConfigPublisher>();
        services.AddScoped<RunMover>();
        services.AddScoped<OldRuns>();
        services.AddScoped<IJobHandler, MoveRunJob>();
        services.AddScoped<IJobHandler, Automation.Pausing.ReleaseHeldJob>();
        services.AddScoped<StageLeaver>();
        services.AddScoped<IJobHandler, StartRunJob>();
        services.AddScoped<IJobHandler, ContinueTrackJob>();
        services.AddScoped<IJobHandler, LeaveStageJob>();
        services.AddScoped<IJobHandler, Automation.Linked.ChangeItemJob>();
        services.AddScoped<Crm.Items.Choosing.PeopleLoad>();
        services.AddScoped<IScriptStarter, Automation.Linked.ScriptStarter>();
    }

    private static void AddExplain(IServiceCollection services)
    {
        services.AddOptions<HistoryOptions>().BindConfiguration(HistoryOptions.Section);
        services.AddScoped<HistoryReading>();
        services.AddScoped<RehearsalSlot>();
        services.AddScoped<RehearsalSteps>();
        services.AddScoped<StageRehearsal>();
        services.AddSingleton<TrialAnswers>();
        services.AddSingleton<TriggerSamples>();
        services.AddSingleton<HistoryKeeper>();
    }

    private static void AddImport(IServiceCollection services)
    {
        services.AddOptions<ImportOptions>().BindConfiguration(ImportOptions.Section);
        services.AddSingleton<ImportBell>();
        services.AddSingleton<ImportRunner>();
        services.AddScoped<IJobHandler, StartImportedJob>();
    }

    /// <summary>A worker without pages has no browsers to tell.</summary>
    private sealed class NoLiveHints : ILiveHints
    {
        public Task SendAsync(IReadOnlyList<string> topics) => Task.CompletedTask;
    }
}
