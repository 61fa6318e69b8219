using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>Puts robots of a stage elsewhere in its order, or on another stage of the same item type; live at once unless they work on drafts.</summary>
/// <param name="FromVersion">The version of the stage that the author saw.</param>
/// <param name="ToVersion">The same of the other stage; ignored when it is the same stage.</param>
/// <param name="Before">The robot they shall stand before; null for the end.</param>
public sealed record ArrangeRobots(int TypeId, string FromStage, int FromVersion, string ToStage, int ToVersion, IReadOnlyList<string> Keys, string? Before) : IRequest<Arranged>
{
    /// <summary>Works on the stages' drafts.</summary>
    public bool Draft { get; init; }
}

/// <param name="Versions">The new version of each stage that changed.</param>
public sealed record Arranged(IReadOnlyDictionary<string, int> Versions);

internal sealed class ArrangeRobotsValidator : AbstractValidator<ArrangeRobots>
{
    public ArrangeRobotsValidator()
    {
        RuleFor(r => r.FromStage).NotEmpty();
        RuleFor(r => r.ToStage).NotEmpty();
        RuleFor(r => r.Keys).NotEmpty();
    }
}

internal sealed class ArrangeRobotsHandler(StageDesk desk, IPortal portal, IAccess access, Caller caller) : IRequestHandler<ArrangeRobots, Arranged>
{
    public async Task<Arranged> Handle(ArrangeRobots request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "configure robots");
        await portal.FreshAsync(cancellationToken);
        var (from, to) = (new StagePlace(request.TypeId, request.FromStage), new StagePlace(request.TypeId, request.ToStage));
        var keys = request.Keys.ToHashSet(StringComparer.Ordinal);
        var source = await desk.AtAsync(from, request.FromVersion, request.Draft, cancellationToken);
        var moved = ChainOrder.Only(source.Robots, keys);
        if (moved.Count != keys.Count) throw new RuleBrokenException("robot.unknown", "One of the robots is no longer on this stage.", "keys");

        var left = source with { Robots = ChainOrder.Without(source.Robots, keys) };
        if (from == to)
        {
            var ordered = left with { Robots = ChainOrder.Insert(left.Robots, moved, request.Before) };
            if (ordered.Robots.Select(r => (r.Key, r.AfterPrevious)).SequenceEqual(source.Robots.Select(r => (r.Key, r.AfterPrevious)))) return new(new Dictionary<string, int>());
            return new(await desk.SaveAsync([new(from, ordered, request.FromVersion)], request.Draft, cancellationToken));
        }

        var target = await desk.AtAsync(to, request.ToVersion, request.Draft, cancellationToken);
        var grown = target with { Robots = ChainOrder.Insert(target.Robots, KeyRenamer.Fit(moved, target.Robots), request.Before) };
        return new(await desk.SaveAsync([new(from, left, request.FromVersion), new(to, grown, request.ToVersion)], request.Draft, cancellationToken));
    }
}
