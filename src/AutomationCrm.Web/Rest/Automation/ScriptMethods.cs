using System.Globalization;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.script.*: lists of robots started by hand. Administrators write them; whoever may change items starts them on those.</summary>
internal static class ScriptMethods
{
    private static readonly RestParameter Type = Need("entityTypeId", RestShape.Id.Like(2));
    private static readonly RestParameter Id = Need("id", RestShape.Id);
    private static readonly RestShape Done = RestShape.Flag.Like(true);

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.script.list", "automation", RestRight.Member, RestStyle.Own, [Type], RestShape.Object(new RestParameter("scripts", RestShape.ListOf(ScriptForm.Line))), ListAsync)
            { ReadOnly = true, About = "The scripts of an item type; disabled ones for administrators only." },
        new("automation.script.get", "automation", RestRight.Administrator, RestStyle.Own, [Type, Id], ScriptForm.View, GetAsync) { ReadOnly = true, About = "A script with its robots." },
        new("automation.script.set", "automation", RestRight.Administrator, RestStyle.Own,
            [
                Type, May("id", RestShape.Id, "A new script without it."), Need("name", RestShape.Text.Like("Close quietly")), May("description", RestShape.Text), May("enabled", RestShape.Flag.Like(true)),
                May("parameters", RestShape.ListOf(ScriptForm.Parameter), "What whoever starts it is asked for."), Need("robots", RestShape.ListOf(RobotForm.Shape)),
                May("basedOn", RestShape.Whole, "The version this one was made from; a newer one is a conflict."),
            ],
            ScriptForm.View, SetAsync) { About = "Saves a script as its next version, usable at once, and answers it." },
        new("automation.script.delete", "automation", RestRight.Administrator, RestStyle.Own, [Type, Id], Done, DeleteAsync) { About = "Removes a script that no robot starts; what was launched goes on." },
        new("automation.script.launch", "automation", RestRight.Member, RestStyle.Own,
            [Type, Id, Need("items", RestShape.ListOf(RestShape.Id), "At most 5000; those the webhook's owner may not change are left out."), May("values", RestShape.MapOf(RestShape.Text), "What the script asks for, by name.")],
            RestShape.Object(new("id", RestShape.Id), new("items", RestShape.Whole), new("leftOut", RestShape.Whole)), LaunchAsync) { About = "Starts a script on items and answers the launch." },
        new("automation.script.launch.get", "automation", RestRight.Member, RestStyle.Own, [Id], ScriptForm.LaunchView, GetLaunchAsync) { ReadOnly = true, About = "How far a launch is; for its starter and administrators." },
        new("automation.script.launch.cancel", "automation", RestRight.Member, RestStyle.Own, [Id], Done, CancelAsync) { About = "Items that have not had their turn get none." },
    ];

    private static async Task<RestResult> ListAsync(RestCall call, CancellationToken ct)
    {
        var scripts = await call.Get<ISender>().Send(new ListScripts(TypeId(call)), ct);
        return new RestResult(RestValue.Map(("scripts", RestValue.List(scripts.Select(s => ScriptForm.WriteLine(s, call.Format))))), Total: scripts.Count);
    }

    private static async Task<RestResult> GetAsync(RestCall call, CancellationToken ct) => ScriptForm.Write(await FindAsync(call, call.Arguments.Id("id"), ct), call.Format);

    private static async Task<RestResult> SetAsync(RestCall call, CancellationToken ct)
    {
        var arguments = call.Arguments;
        var current = arguments.Has("id") ? await FindAsync(call, arguments.Id("id"), ct) : null;
        var config = new ScriptConfig
        {
            Name = (arguments.Text("name") ?? "").Trim(),
            Description = arguments.Text("description") ?? "",
            Enabled = arguments.Flag("enabled") ?? true,
            Parameters = [.. arguments.List("parameters").Select(ScriptForm.ReadParameter)],
            Robots = [.. arguments.List("robots").Select((robot, i) => RobotForm.Read(robot, string.Create(CultureInfo.InvariantCulture, $"robots[{i}]")))],
        };
        var basedOn = (int)Math.Clamp(arguments.Whole("basedOn") ?? current?.Version ?? 0, -1, int.MaxValue);
        var id = await call.Get<ISender>().Send(new SaveScript(TypeId(call), current?.Id, config, basedOn), ct);
        return ScriptForm.Write(await FindAsync(call, id, ct), call.Format);
    }

    private static async Task<RestResult> DeleteAsync(RestCall call, CancellationToken ct)
    {
        await call.Get<ISender>().Send(new DeleteScript(TypeId(call), call.Arguments.Id("id")), ct);
        return RestValue.True;
    }

    private static async Task<RestResult> LaunchAsync(RestCall call, CancellationToken ct)
    {
        var items = call.Arguments.List("items").Select(v => RestArguments.TryWhole(v, out var id) ? id : 0).ToList();
        var values = call.Arguments.Map("values").Entries.ToDictionary(e => e.Key, e => e.Value.Text ?? "", StringComparer.OrdinalIgnoreCase);
        var started = await call.Get<ISender>().Send(new StartScript(TypeId(call), call.Arguments.Id("id"), items, values), ct);
        return RestValue.Map(("id", started.Id), ("items", started.Items), ("leftOut", started.LeftOut));
    }

    private static async Task<RestResult> GetLaunchAsync(RestCall call, CancellationToken ct) =>
        await call.Get<ISender>().Send(new GetLaunch(call.Arguments.Id("id")), ct) is { } details ? ScriptForm.Write(details, call.Format) : throw Missing("Launch");

    private static async Task<RestResult> CancelAsync(RestCall call, CancellationToken ct)
    {
        // Of somebody else's launch not even its existence is told.
        if (await call.Get<ISender>().Send(new GetLaunch(call.Arguments.Id("id"), Take: 1), ct) is null) throw Missing("Launch");

        await call.Get<ISender>().Send(new CancelLaunch(call.Arguments.Id("id")), ct);
        return RestValue.True;
    }

    private static async Task<Script> FindAsync(RestCall call, long id, CancellationToken ct) =>
        await call.Get<ISender>().Send(new ListScripts(TypeId(call), id), ct) is [var script] ? script : throw Missing("Script");

    private static RestException Missing(string what) => new(new RestError(400, "NOT_FOUND", $"{what} not found"));

    private static int TypeId(RestCall call) => (int)Math.Min(call.Arguments.Id("entityTypeId"), int.MaxValue);
}
