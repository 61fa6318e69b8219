using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Editing;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>What texts and conditions of a robot may name: fields of the item and of linked items, results of robots before it, variables and global values.</summary>
/// <param name="Key">The robot; null for a new one at the end.</param>
public sealed record GetTextScope(int TypeId, string StageId, string? Key, bool Draft = false) : IRequest<TextScope>
{
    /// <summary>A robot of a script instead of a stage.</summary>
    public long? ScriptId { get; init; }
}

/// <param name="Knows">Whether a path may be used, also one too far away to be proposed.</param>
public sealed record TextScope(IReadOnlyList<ScopePath> Paths, Predicate<string> Knows);

/// <summary>One path that may be used.</summary>
/// <param name="Steps">The fields on the way, the last one holds the value.</param>
/// <param name="Owner">The name of the robot that gives it; null for others.</param>
public sealed record ScopePath(string Path, CompletionKind Kind, IReadOnlyList<Field> Steps, string? Owner)
{
    /// <summary>Null where the kind of value is not known before the run.</summary>
    public Field? Field => Steps.Count > 0 ? Steps[^1] : null;
}

internal sealed class GetTextScopeHandler(StageDesk desk, IPortal portal, RobotCatalogue robots, IEnumerable<IValueRoot> roots, ISender sender, IAccess access, Caller caller) : IRequestHandler<GetTextScope, TextScope>
{
    public async Task<TextScope> Handle(GetTextScope request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the configuration of robots");
        var config = request.ScriptId is { } script
            ? (await sender.Send(new ListScripts(request.TypeId, script), cancellationToken)) is [var found] ? found.Config.AsStage() : new()
            : (await desk.WorkingAsync(new(request.TypeId, request.StageId), request.Draft, cancellationToken)).Config;
        return new TextScopes(portal.Current, robots, roots).Of(desk.Type(request.TypeId), config, request.Key);
    }
}

/// <summary>Collects what a robot may name.</summary>
internal sealed class TextScopes(PortalSnapshot portal, RobotCatalogue robots, IEnumerable<IValueRoot> roots)
{
    public TextScope Of(ItemType type, StageAutomationConfig config, string? key)
    {
        var earlier = config.Robots.TakeWhile(r => r.Key != key || string.IsNullOrEmpty(key)).ToList();
        List<ScopePath> paths = [.. Fields(type), .. Results(earlier), .. Values(config)];
        var known = paths.Select(p => p.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var place = new ValuePlace(type, config, portal);
        return new(paths, path => known.Contains(path) || IsKnown(path, place, earlier));
    }

    private bool IsKnown(string path, ValuePlace place, List<RobotConfig> earlier)
    {
        if (path.StartsWith(FieldPath.Document, StringComparison.Ordinal)) return FieldPath.Find(place.Type, path[FieldPath.Document.Length..], portal.Type) is not null;

        var colon = path.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) return false;

        var owner = path[..colon];
        if (roots.FirstOrDefault(r => r.Objects.Contains(owner, StringComparer.OrdinalIgnoreCase)) is { } root) return root.Knows(path, place);
        return owner is "Workflow" or "User" || earlier.Exists(r => r.Key == owner && robots.Find(r.Type) is null);
    }

    private IEnumerable<ScopePath> Fields(ItemType type)
    {
        foreach (var field in type.Fields.All.OrderByDescending(f => f.OnForm)) yield return new(FieldPath.Document + field.Code, CompletionKind.Field, [field], null);
        foreach (var link in type.Fields.All.Where(f => f is { Kind: FieldKind.Item, TargetType: not null }))
        {
            if (portal.Type(link.TargetType!.Value) is not { } target) continue;
            var name = link.Code.EndsWith("_ID", StringComparison.Ordinal) ? link.Code[..^3] : link.Code;
            foreach (var field in target.Fields.All.Where(f => f.OnForm || f.Code == FieldCodes.Title))
                yield return new($"{FieldPath.Document}{name}.{field.Code}", CompletionKind.Field, [link, field], null);
        }
    }

    private IEnumerable<ScopePath> Results(List<RobotConfig> earlier) =>
        earlier.Where(r => r.Key.Length > 0).SelectMany(r => robots.Find(r.Type)?.ResultsOf(r.Settings).Select(f => new ScopePath($"{r.Key}:{f.Code}", CompletionKind.Result, [f], r.Name)) ?? []);

    private IEnumerable<ScopePath> Values(StageAutomationConfig config)
    {
        foreach (var name in config.Parameters) yield return new($"Template:{name}", CompletionKind.Variable, [], null);
        foreach (var name in StageAutomation.VariablesOf(config).Order(StringComparer.OrdinalIgnoreCase)) yield return new($"Variable:{name}", CompletionKind.Variable, [], null);
        foreach (var value in portal.GlobalValues.Values.OrderBy(v => v.Name, StringComparer.CurrentCultureIgnoreCase))
            yield return new($"{(value.IsConstant ? GlobalConstants.Root : GlobalVariables.Root)}:{value.Code}", CompletionKind.Variable, [value.AsField], value.Name);
    }
}
