using System.Collections.Concurrent;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Tests.Automation;

/// <summary>Robots of the tests' own: one that fails as often as it is told, one whose step cannot be written, one with an outside effect.</summary>
internal static class TestRobots
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<TestOutside>();
        services.AddSingleton<IEffectSender>(provider => provider.GetRequiredService<TestOutside>());
        services.AddSingleton<IRobot, FailingRobot>();
        services.AddSingleton<IRobot, PoisonRobot>();
        services.AddSingleton<IRobot, OutageRobot>();
        services.AddSingleton<IRobot, EffectRobot>();
        services.AddSingleton<IRobot, ExactRobot>();
        ApplicationServices.AddHandlers(services, typeof(TestRobots).Assembly);
    }
}

/// <summary>The world outside: what arrived, and what it answers.</summary>
internal sealed class TestOutside : IEffectSender
{
    public string Kind => "test";

    /// <summary>How often the failing robot still fails.</summary>
    public int Failures { get; set; }

    /// <summary>What happens while the outage robot is at work.</summary>
    public Func<Task> Outage { get; set; } = () => Task.CompletedTask;

    public ConcurrentQueue<(Guid Key, int Attempt, string Request)> Received { get; } = new();

    public Func<int, SendResult> Answer { get; set; } = _ => new(200, "ok", null, Retryable: false) { Results = new Dictionary<string, Value> { ["Status"] = Value.Of(200m) } };

    public Task<SendResult> SendAsync(string requestJson, Guid effectKey, int attempt, CancellationToken ct)
    {
        Received.Enqueue((effectKey, attempt, requestJson));
        return Task.FromResult(Answer(attempt));
    }
}

internal sealed record TestSettings
{
    [Setting(FieldKind.Text)]
    public string Text { get; init; } = "";
}

internal sealed class FailingRobot(TestOutside outside) : Robot<TestSettings>("test_failing", RobotKind.State, "other")
{
    protected override async Task<Outcome> RunAsync(TestSettings settings, RobotContext context, CancellationToken ct)
    {
        await context.Send(new AddComment(context.Item.Ref, "before the failure"), ct);
        return outside.Failures-- > 0 ? throw new InvalidOperationException("The machine is on fire.") : Outcome.Nothing;
    }
}

internal sealed class OutageRobot(TestOutside outside) : Robot<TestSettings>("test_outage", RobotKind.State, "other")
{
    protected override async Task<Outcome> RunAsync(TestSettings settings, RobotContext context, CancellationToken ct)
    {
        await context.Send(new AddComment(context.Item.Ref, "once"), ct);
        if (outside.Failures-- > 0) await outside.Outage();
        return Outcome.Nothing;
    }
}

/// <summary>What it adds passes every check in memory, and PostgreSQL refuses it.</summary>
internal sealed class PoisonRobot() : Robot<TestSettings>("test_poison", RobotKind.State, "other")
{
    protected override async Task<Outcome> RunAsync(TestSettings settings, RobotContext context, CancellationToken ct)
    {
        await context.Send(new AddPoison(context.Item.Ref), ct);
        return Outcome.Nothing;
    }
}

internal sealed class EffectRobot() : Robot<TestSettings>("test_effect", RobotKind.Effect, "other")
{
    protected override PreparedEffect Prepare(TestSettings settings, RobotContext context) => new("test", "outside", $$"""{"text":"{{settings.Text}}"}""");
}

internal sealed class ExactRobot() : Robot<TestSettings>("test_exact", RobotKind.ExactEffect, "other")
{
    protected override PreparedEffect Prepare(TestSettings settings, RobotContext context) => new("test", "outside", "{}");
}

/// <summary>What a person who decides on an incident puts into its lane.</summary>
internal sealed record AddJob(ItemRef Item, string Kind, string Args) : ICommand<Unit>;

internal sealed class AddJobHandler(IUnitOfWork work) : IRequestHandler<AddJob, Unit>
{
    public Task<Unit> Handle(AddJob request, CancellationToken cancellationToken)
    {
        work.Changes.Add(work.Changes.Jobs, new NewJob(LaneId.Of(request.Item), request.Kind, request.Args));
        return Task.FromResult(Unit.Value);
    }
}

internal sealed record AddPoison(ItemRef Item) : ICommand<Unit>;

internal sealed class AddPoisonHandler(IUnitOfWork work) : IRequestHandler<AddPoison, Unit>
{
    public async Task<Unit> Handle(AddPoison request, CancellationToken cancellationToken)
    {
        work.Changes.Add(work.Changes.Comments, new Comment { Id = await work.NextIdAsync(cancellationToken), TypeId = request.Item.TypeId, ItemId = request.Item.Id, Text = "nul \0 here", At = work.Now });
        return Unit.Value;
    }
}
