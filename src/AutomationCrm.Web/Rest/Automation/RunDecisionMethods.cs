using System.Globalization;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Undo;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.run.revert and automation.run.move: decisions about runs, each run with an answer of its own.</summary>
internal static class RunDecisionMethods
{
    private const int MostRuns = 50;

    private static readonly string Many = string.Create(CultureInfo.InvariantCulture, $"1 to {MostRuns} runs, decided one after the other.");

    private static readonly RestParameter[] Outcome =
    [
        new("id", RestShape.Id), new("error", RestShape.Text.OrNull().Like("revert.running"), About: "Why this run stays as it is; null when it was decided."), new("message", RestShape.Text.OrNull()),
    ];

    private static readonly RestShape Left = RestShape.Object(
        new("field", RestShape.Text.Like("COMMENTS")), new("changedBy", RestShape.Text, About: "Who has written it since; empty is automation."), new("message", RestShape.Text));

    private static readonly RestShape Reverted = RestShape.Object(
        [.. Outcome, new("fields", RestShape.ListOf(RestShape.Text.Like("OPPORTUNITY")), About: "What was put back."), new("notReverted", RestShape.ListOf(Left))]);

    private static readonly RestShape Moved = RestShape.Object([.. Outcome, new("nextRunId", RestShape.Id.OrNull(), About: "The run in which it goes on.")]);

    private static readonly RestShape Stage = RestShape.Object(Need("entityTypeId", RestShape.Id.Like(2)), Need("stageId", RestShape.Text.Like("PREPARATION")));

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.run.revert", "automation", RestRight.Member, RestStyle.Own, [Need("ids", RestShape.ListOf(RestShape.Id), Many)],
            RestShape.Object(new RestParameter("runs", RestShape.ListOf(Reverted))), RevertAsync)
            { About = "Puts back the fields that the robots of ended runs have changed and nobody has touched since; for whoever may change the items. Starts no automation." },
        new("automation.run.move", "automation", RestRight.Administrator, RestStyle.Own,
            [May("ids", RestShape.ListOf(RestShape.Id), Many), May("stage", Stage, "Instead of ids: the runs of a stage that go by an older version, in the background.")],
            RestShape.Object(new("runs", RestShape.ListOf(Moved)), new("tried", RestShape.Whole, About: "How many runs were taken in hand.")), MoveAsync)
            { About = "Moves waiting runs to the newest version of their stage; those that cannot be moved stay as they are." },
    ];

    private static async Task<RestResult> RevertAsync(RestCall call, CancellationToken ct)
    {
        var runs = await EachAsync(call, Ids(call), id => new RevertRun(id), reverted => Fields(reverted.Fields, reverted.NotReverted), Fields([], []), ct);
        return RestValue.Map(("runs", RestValue.List(runs)));
    }

    private static async Task<RestResult> MoveAsync(RestCall call, CancellationToken ct)
    {
        var stage = call.Arguments.Map("stage");
        if (call.Arguments.Has("ids") == stage.Entries.Any()) throw Refused("Either 'ids' or 'stage' says which runs are moved.", "ids");
        if (stage.Entries.Any()) return Answer([], await call.Get<ISender>().Send(new MoveRunsToLatest(TypeOf(stage), stage.Find("stageId")?.Text ?? ""), ct));

        var ids = Ids(call);
        return Answer(await EachAsync(call, ids, id => new MoveRunToLatest(id), next => [("nextRunId", next)], [("nextRunId", RestValue.Null)], ct), ids.Count);
    }

    private static RestValue Answer(IEnumerable<RestValue> runs, int tried) => RestValue.Map(("runs", RestValue.List(runs)), ("tried", tried));

    /// <summary>One command per run: what is refused for one run does not keep another from being decided.</summary>
    private static async Task<List<RestValue>> EachAsync<T>(
        RestCall call,
        IReadOnlyList<long> ids,
        Func<long, IRequest<T>> decide,
        Func<T, IEnumerable<(string, RestValue)>> told,
        IEnumerable<(string, RestValue)> nothing,
        CancellationToken ct)
    {
        var (sender, caller, errors, answers) = (call.Get<ISender>(), call.Get<Caller>(), call.Get<RestErrorTranslator>(), new List<RestValue>());
        var given = caller.CommandId;
        foreach (var id in ids)
        {
            // Each run has an id of its own made from the client's: repeated, what was done is answered again and the rest is tried.
            caller.CommandId = given is { } command ? CommandIds.Derive(command, id.ToString(CultureInfo.InvariantCulture)) : null;
            try
            {
                answers.Add(One(id, null, told(await sender.Send(decide(id), ct))));
            }
            catch (Exception refused) when (refused is not OperationCanceledException)
            {
                answers.Add(One(id, errors.Translate(refused, call.Method), nothing));
            }
        }

        return answers;
    }

    private static RestValue One(long id, RestError? error, IEnumerable<(string, RestValue)> told) => RestValue.Map([("id", id), ("error", error?.Code), ("message", error?.Description), .. told]);

    private static IEnumerable<(string, RestValue)> Fields(IReadOnlyList<string> fields, IReadOnlyList<UndoNote> left) =>
    [
        ("fields", RestValue.List(fields.Select(f => RestValue.Of(f)))),
        ("notReverted", RestValue.List(left.Select(n => RestValue.Map(("field", n.Subject), ("changedBy", n.Person ?? ""), ("message", n.Text))))),
    ];

    // The binder has checked that they are ids.
    private static List<long> Ids(RestCall call)
    {
        var ids = call.Arguments.List("ids").Select(v => RestArguments.TryWhole(v, out var id) ? id : 0).Distinct().ToList();
        return ids.Count is > 0 and <= MostRuns ? ids : throw Refused(string.Create(CultureInfo.InvariantCulture, $"Parameter 'ids' must name 1 to {MostRuns} runs."), "ids");
    }

    private static int TypeOf(RestValue stage) => RestArguments.TryWhole(stage.Find("entityTypeId"), out var type) ? (int)Math.Min(type, int.MaxValue) : 0;

    private static RestException Refused(string text, string argument) => new(new RestError(400, RestErrors.InvalidArgument, text, argument));
}
