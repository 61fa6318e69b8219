using AutomationCrm.Application.Automation.Dispatching;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.WebForms;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Automation.Triggers;

internal static class TriggerServices
{
    public static void AddTriggers(this IServiceCollection services)
    {
        services.AddSingleton<TriggerCatalogue>();
        services.AddSingleton<TriggerCheck>();
        services.AddSingleton<TriggerIndex.Book>();
        services.AddScoped<TriggerMarks>();
        services.AddScoped<TriggerJudge>();
        services.AddScoped<TriggerHand>();
        services.AddScoped<IValueRoot, TriggerFacts>();
        services.AddScoped<TriggerDesk>();
        services.AddScoped<ClientSpread>();
        services.AddScoped<ItemActivity>();
        services.AddScoped<LinkedItems>();
        services.AddScoped<StageChangeDispatcher>();
        services.AddSingleton<FormGate>();
        services.AddScoped<ClientFinder>();

        // In this order: a trigger that applies keeps the robots of the stage from starting.
        services.AddScoped<IReaction, ItemTriggers>();
        services.AddScoped<IReaction>(provider => provider.GetRequiredService<StageChangeDispatcher>());
        services.AddScoped<IReaction, TriggerTimers>();
        services.AddScoped<IReaction>(provider => provider.GetRequiredService<LinkedItems>());
        services.AddScoped<IHappeningReaction, TriggerHappenings>();

        services.AddScoped<IJobHandler, TriggerJob>();
        services.AddScoped<IJobHandler, TriggerTimerJob>();
        services.AddScoped<IJobHandler, TaskOverdueJob>();
        services.AddScoped<IJobHandler, ArmTriggersJob>();
    }
}
