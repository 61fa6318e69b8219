using System.Reflection;
using AutomationCrm.Application;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using FluentValidation;

namespace AutomationCrm.Architecture.Tests;

/// <summary>How a use case looks: one handler, hidden, and rights asked before anything is written.</summary>
public sealed class UseCaseTests
{
    // Commands that have no item of somebody to ask rights for; each says why.
    private static readonly HashSet<string> WithoutAccess =
    [
        "LoadDemo", // runs as the system while the portal is set up
        "LoadDemoToday", // the same
        "OpenPublicDocument", // who has the link has the right
        "SignPublicDocument", // the same
        "ConfirmQrPage", // the same
        "MarkRead", // one's own notifications, by the caller's id
        "TellTaskOverdue", // a timer tells what is so; nothing of the item changes
        "NotifyPeople", // anybody may write into a bell
        "AddNotification", // the same
        "ImportChunk", // runs as the system inside an import that an administrator started
    ];

    private static readonly Assembly Application = typeof(ApplicationServices).Assembly;

    [Fact]
    public void Every_request_has_exactly_one_handler()
    {
        var requests = Requests();
        Assert.NotEmpty(requests);
        var handled = Handlers().Select(h => h.Request).ToList();
        Assert.Empty(requests.Except(handled).Select(r => r.Name));
        Assert.Empty(handled.GroupBy(h => h).Where(g => g.Count() > 1).Select(g => g.Key.Name));
    }

    [Fact]
    public void Handlers_are_internal_and_sealed_and_live_beside_their_request()
    {
        var handlers = Handlers();
        Assert.NotEmpty(handlers);
        Assert.Empty(handlers.Where(h => h.Handler.IsPublic || !h.Handler.IsSealed || h.Handler.Namespace != h.Request.Namespace).Select(h => h.Handler.Name));
    }

    [Fact]
    public void Every_command_asks_for_rights()
    {
        var commands = Handlers().Where(h => typeof(ICommand).IsAssignableFrom(h.Request)).ToList();
        Assert.NotEmpty(commands);
        Assert.Empty(commands.Where(c => !WithoutAccess.Contains(c.Request.Name) && !AsksForRights(c.Handler)).Select(c => c.Request.Name));
    }

    [Fact]
    public void Validators_are_internal_and_sealed()
    {
        var validators = Application.GetTypes().Where(t => t is { IsAbstract: false } && typeof(IValidator).IsAssignableFrom(t)).ToList();
        Assert.NotEmpty(validators);
        Assert.Empty(validators.Where(v => v.IsPublic || !v.IsSealed).Select(v => v.Name));
    }

    /// <summary>By itself or through one of its collaborators.</summary>
    private static bool AsksForRights(Type handler) =>
        Parameters(handler).Any(p => p == typeof(IAccess) || (p.Assembly == Application && !p.IsInterface && Parameters(p).Contains(typeof(IAccess))));

    private static IEnumerable<Type> Parameters(Type type) =>
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(c => c.GetParameters()).Select(p => p.ParameterType);

    private static List<Type> Requests() =>
        [.. Application.GetTypes().Where(t => t is { IsInterface: false, IsAbstract: false } && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)))];

    private static List<(Type Handler, Type Request)> Handlers() =>
    [
        .. Application.GetTypes().Where(t => !t.IsAbstract)
            .SelectMany(t => t.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)).Select(i => (t, i.GetGenericArguments()[0]))),
    ];
}
