using System.Globalization;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>
/// Which robots came onto stages with the given versions, however they came (form, copy, drag, file, draft, former version): those the items
/// that stand there already will not meet. Stages without such robots or without items are left out.
/// </summary>
public sealed record FindAddedRobots(IReadOnlyList<MadeVersion> Versions) : IRequest<IReadOnlyList<AddedRobots>>;

/// <summary>A version that was just published.</summary>
public sealed record MadeVersion(int TypeId, string StageId, int Number)
{
    /// <summary>As it stands in addresses: <c>2~C1:NEW~4</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{TypeId}~{StageId}~{Number}");

    /// <summary>Null for anything else.</summary>
    public static MadeVersion? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('~') is [var type, { Length: > 0 } stage, var number] && int.TryParse(type, NumberStyles.None, CultureInfo.InvariantCulture, out var typeId)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? new(typeId, stage, version) : null;
    }
}

/// <param name="Robots">In their order; only those that start when an item enters the stage.</param>
/// <param name="Items">How many items stand there.</param>
public sealed record AddedRobots(Stage Stage, IReadOnlyList<RobotConfig> Robots, long Items);

internal sealed class FindAddedRobotsHandler(CrmDbContext db, IPortal portal, ISender sender, IAccess access, Caller caller) : IRequestHandler<FindAddedRobots, IReadOnlyList<AddedRobots>>
{
    public async Task<IReadOnlyList<AddedRobots>> Handle(FindAddedRobots request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the configuration of robots");
        var now = await portal.FreshAsync(cancellationToken);
        var found = new List<AddedRobots>();
        foreach (var made in request.Versions.Distinct())
        {
            if (now.Stage(made.TypeId, made.StageId) is not { } stage || now.AutomationOf(made.TypeId, made.StageId)?.Config is not { } live) continue;

            var added = await AddedByAsync(made, cancellationToken);
            List<RobotConfig> robots = [.. live.Robots.Where(r => r is { Enabled: true, StartedBy: null } && added.Contains(r.Key))];
            if (robots.Count == 0) continue;

            var items = await sender.Send(new CountItems(made.TypeId, FilterNode.Compare(FieldCodes.Stage, FilterOp.Equal, Value.Of(stage.Id))), cancellationToken);
            if (items > 0) found.Add(new(stage, robots, items));
        }

        return found;
    }

    private async Task<HashSet<string>> AddedByAsync(MadeVersion made, CancellationToken ct)
    {
        var key = StageAutomation.KeyOf(made.TypeId, made.StageId);
        var rows = await db.ConfigVersions.AsNoTracking()
            .Where(v => v.Kind == StageAutomation.ConfigKind && v.Key == key && v.State == ConfigVersion.Published && (v.Number == made.Number || v.Number == made.Number - 1)).ToListAsync(ct);
        HashSet<string> Keys(int number) => [.. rows.Where(r => r.Number == number).SelectMany(r => StageAutomation.Parse(r.Number, r.Content).Config.Robots).Select(r => r.Key)];

        var added = Keys(made.Number);
        added.ExceptWith(Keys(made.Number - 1));
        return added;
    }
}
