using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Portal;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>What can be done to chosen robots where they stand.</summary>
public enum RobotChange
{
    SwitchOn,
    SwitchOff,
    Remove,

    /// <summary>Starts when the one before it is done.</summary>
    Chain,

    /// <summary>Starts by itself.</summary>
    Unchain,
}

/// <summary>Changes robots of a stage and answers the new version, live at once.</summary>
/// <param name="Version">The version the author saw.</param>
public sealed record ChangeRobots(int TypeId, string StageId, int Version, IReadOnlyList<string> Keys, RobotChange Change) : IRequest<int>
{
    /// <summary>Works on the stage's draft.</summary>
    public bool Draft { get; init; }
}

internal sealed class ChangeRobotsValidator : AbstractValidator<ChangeRobots>
{
    public ChangeRobotsValidator()
    {
        RuleFor(r => r.StageId).NotEmpty();
        RuleFor(r => r.Keys).NotEmpty();
        RuleFor(r => r.Change).IsInEnum();
    }
}

internal sealed class ChangeRobotsHandler(StageDesk desk, IPortal portal, IAccess access, Caller caller) : IRequestHandler<ChangeRobots, int>
{
    public async Task<int> Handle(ChangeRobots request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "configure robots");
        await portal.FreshAsync(cancellationToken);
        var place = new StagePlace(request.TypeId, request.StageId);
        var config = await desk.AtAsync(place, request.Version, request.Draft, cancellationToken);
        var changed = config with { Robots = Apply(config.Robots, request.Keys.ToHashSet(StringComparer.Ordinal), request.Change) };
        return (await desk.SaveAsync([new(place, changed, request.Version)], request.Draft, cancellationToken))[request.StageId];
    }

    private static IReadOnlyList<RobotConfig> Apply(IReadOnlyList<RobotConfig> robots, HashSet<string> keys, RobotChange change) => change switch
    {
        RobotChange.Remove => ChainOrder.Without(robots, keys),
        RobotChange.Chain or RobotChange.Unchain => [.. robots.Select((r, i) => keys.Contains(r.Key) ? r with { AfterPrevious = change == RobotChange.Chain && i > 0 } : r)],
        _ => [.. robots.Select(r => keys.Contains(r.Key) ? r with { Enabled = change == RobotChange.SwitchOn } : r)],
    };
}
