using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Pipelines;
using FluentValidation;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>The live automation of a pipeline as a JSON file whose people and stages are named by stable codes.</summary>
public sealed record ExportAutomation(int TypeId, int PipelineId) : IRequest<string>;

/// <summary>Brings such a file into a pipeline: all its stages at once, or, with any problem, none.</summary>
/// <param name="Mapping">What the file calls <c>stage:NEW</c> or <c>person:ada</c>, and the stage id or person's id it becomes here; what is not named is found by code and login.</param>
/// <param name="DryRun">The report alone.</param>
public sealed record ImportAutomation(int TypeId, int PipelineId, string File, IReadOnlyDictionary<string, string> Mapping, bool DryRun) : IRequest<ImportReport>;

/// <param name="Names">Every stage and person the file names.</param>
/// <param name="Problems">Why it cannot be imported; empty when it can.</param>
/// <param name="Saved">The new versions by stage; empty on a dry run.</param>
public sealed record ImportReport(IReadOnlyList<MappedName> Names, IReadOnlyList<ImportProblem> Problems, IReadOnlyDictionary<string, int> Saved);

/// <param name="Name">As in the file: <c>stage:NEW</c>, <c>person:ada</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="Target">Stage id or person's id; null when nothing fits.</param>
/// <param name="Robots">Of a stage: how many robots it brings.</param>
public sealed record MappedName(string Name, string Title, string? Target, int Robots);

/// <param name="Robot">Null for the file itself.</param>
public sealed record ImportProblem(string? Stage, string? Robot, string RobotType, string Part, string Code, string Message);

internal sealed class ImportAutomationValidator : AbstractValidator<ImportAutomation>
{
    public const int LongestFile = 5_000_000;

    public ImportAutomationValidator() => RuleFor(r => r.File).NotEmpty().MaximumLength(LongestFile).OverridePropertyName("file");
}

internal sealed class ExportAutomationHandler(IPortal portal, RobotCatalogue robots, IAccess access, Caller caller) : IRequestHandler<ExportAutomation, string>
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public async Task<string> Handle(ExportAutomation request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "export the configuration of robots");
        var now = await portal.FreshAsync(cancellationToken);
        var pipeline = now.Pipeline(request.TypeId, request.PipelineId) ?? throw new RuleBrokenException("pipeline.unknown", $"There is no pipeline {request.PipelineId}.", "categoryId");
        var codes = new TransferCodes(now, robots);
        var stages = new JsonArray();
        foreach (var stage in pipeline.Stages)
        {
            if (now.AutomationOf(stage.TypeId, stage.Id)?.Config is not { } config || config is { Robots.Count: 0, Triggers.Count: 0 }) continue;
            stages.Add(new JsonObject { ["code"] = TransferCodes.StageCode(stage.Id), ["name"] = stage.Name, ["automation"] = codes.Out(ConfigJson.Node(config)) });
        }

        return new JsonObject
        {
            ["format"] = TransferCodes.Format,
            ["itemType"] = now.Type(request.TypeId)!.Code,
            ["pipeline"] = pipeline.Name,
            ["people"] = new JsonObject(codes.Used.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value))),
            ["stages"] = stages,
        }.ToJsonString(Readable);
    }
}

internal sealed class ImportAutomationHandler(StageDesk desk, AutomationReview review, IPortal portal, IAccess access, Caller caller) : IRequestHandler<ImportAutomation, ImportReport>
{
    public async Task<ImportReport> Handle(ImportAutomation request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "configure robots");
        var now = await portal.FreshAsync(cancellationToken);
        var pipeline = now.Pipeline(request.TypeId, request.PipelineId) ?? throw new RuleBrokenException("pipeline.unknown", $"There is no pipeline {request.PipelineId}.", "categoryId");
        if (Read(request.File) is not { } file) return new([], [new(null, null, "", "file", "file.invalid", "This is no file of exported automation.")], new Dictionary<string, int>());

        var names = Names(file, request, pipeline, now);
        var problems = names.Where(n => n.Target is null).Select(n => new ImportProblem(null, null, "", n.Name, "name.unmapped", $"{n.Name} has no counterpart here.")).ToList();
        var targets = names.Where(n => n.Target is not null).ToDictionary(n => n.Name, n => n.Target!, StringComparer.Ordinal);
        var edits = new List<StageEdit>();
        foreach (var (code, automation) in Stages(file))
        {
            if (!targets.TryGetValue(TransferCodes.Stage + code, out var stageId) || now.Stage(request.TypeId, stageId) is not { } stage) continue;
            if (edits.Exists(e => e.Place.StageId == stageId))
            {
                problems.Add(new(stage.Name, null, "", TransferCodes.Stage + code, "stage.twice", $"Two stages of the file go to {stage.Name}."));
                continue;
            }

            if (Parse(automation, targets) is not { } config)
            {
                problems.Add(new(stage.Name, null, "", "file", "file.invalid", $"The automation of {code} cannot be read."));
                continue;
            }

            problems.AddRange((await review.ProblemsAsync(config, now.Type(request.TypeId)!, stage, now, cancellationToken)).Select(p => Problem(stage, config, p)));
            edits.Add(new(new(request.TypeId, stageId), config, desk.Live(new(request.TypeId, stageId)).Version));
        }

        if (edits.Count == 0 && problems.Count == 0) problems.Add(new(null, null, "", "file", "file.empty", "The file brings no robots."));
        if (request.DryRun || problems.Count > 0) return new(names, problems, new Dictionary<string, int>());
        return new(names, problems, await desk.SaveAsync(edits, draft: false, cancellationToken));
    }

    private static JsonObject? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new() { MaxDepth = 64, AllowDuplicateProperties = false }) is JsonObject file && Text(file["format"]) == TransferCodes.Format ? file : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static StageAutomationConfig? Parse(JsonObject automation, Dictionary<string, string> targets)
    {
        try
        {
            return ConfigJson.Config(TransferCodes.In(automation, targets));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            return null;
        }
    }

    private static ImportProblem Problem(Stage stage, StageAutomationConfig config, AutomationProblem p)
    {
        var robot = config.Robots.ElementAtOrDefault(p.Robot);
        return new(stage.Name, robot?.Name, robot?.Type ?? "", p.Setting, p.Code, p.Message);
    }

    private static List<MappedName> Names(JsonObject file, ImportAutomation request, Pipeline pipeline, PortalSnapshot now)
    {
        var names = new List<MappedName>();
        foreach (var (code, automation) in Stages(file))
        {
            var name = TransferCodes.Stage + code;
            var target = request.Mapping.GetValueOrDefault(name) is { Length: > 0 } chosen ? pipeline.Find(chosen)?.Id : pipeline.Stages.FirstOrDefault(s => TransferCodes.StageCode(s.Id) == code)?.Id;
            names.Add(new(name, Title(file, code), target, automation["robots"] is JsonArray list ? list.Count : 0));
        }

        // Stages that robots name besides those that have robots of their own.
        foreach (var name in TransferCodes.NamedIn(file).Where(n => names.TrueForAll(k => k.Name != n)).ToList())
        {
            var chosen = request.Mapping.GetValueOrDefault(name) is { Length: > 0 } given ? given : null;
            if (name.StartsWith(TransferCodes.Stage, StringComparison.Ordinal))
            {
                names.Add(new(name, "", chosen is not null ? pipeline.Find(chosen)?.Id : pipeline.Stages.FirstOrDefault(s => TransferCodes.StageCode(s.Id) == name[TransferCodes.Stage.Length..])?.Id, 0));
                continue;
            }

            var login = name[TransferCodes.Person.Length..];
            var person = chosen is not null && long.TryParse(chosen, CultureInfo.InvariantCulture, out var id) ? now.People.GetValueOrDefault(id) : now.People.Values.FirstOrDefault(p => TransferCodes.PersonCode(p) == login);
            names.Add(new(name, Text((file["people"] as JsonObject)?[login]), person is { IsActive: true } ? person.Id.ToString(CultureInfo.InvariantCulture) : null, 0));
        }

        return names;
    }

    private static IEnumerable<(string Code, JsonObject Automation)> Stages(JsonObject file) =>
        (file["stages"] as JsonArray ?? []).OfType<JsonObject>().Where(s => s["automation"] is JsonObject && Text(s["code"]).Length > 0).Select(s => (Text(s["code"]), s["automation"]!.AsObject()));

    private static string Title(JsonObject file, string code) => (file["stages"] as JsonArray)?.OfType<JsonObject>().Where(s => Text(s["code"]) == code).Select(s => Text(s["name"])).FirstOrDefault() ?? "";

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

}
