using System.Globalization;
using AutomationCrm.Application.Automation.History;
using AutomationCrm.Application.Automation.Metrics;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using static AutomationCrm.Web.Rest.Protocol.Methods.RestParameter;

namespace AutomationCrm.Web.Rest.Automation;

/// <summary>automation.run.search, automation.robot.search and automation.robot.metrics: histories by cursor, figures per robot.</summary>
internal static class HistoryMethods
{
    private static readonly RestParameter[] Common =
    [
        May("entityTypeId", RestShape.Id.Like(2)), May("itemId", RestShape.Id, "Needs entityTypeId; for whoever may read the item, everything else for administrators."),
        May("stageId", RestShape.Text.Like("NEW"), "Needs entityTypeId."), May("from", RestShape.Text.Like("2026-01-01T00:00:00Z")), May("until", RestShape.Text.Like("2027-01-01T00:00:00Z"), "Not included."),
        May("text", RestShape.Text, "Part of the message."), May("state", RestShape.Text.Like("Done")),
    ];

    private static readonly RestParameter[] Paging = [May("after", RestShape.Text, "The next of the page before."), May("limit", RestShape.Whole.Like(50), "At most 500.")];

    private static readonly RestShape Run = RestShape.Object(
        new("id", RestShape.Id), new("entityTypeId", RestShape.Id), new("itemId", RestShape.Id), new("itemTitle", RestShape.Text.OrNull()), new("stageId", RestShape.Text),
        new("version", RestShape.Whole), new("state", RestShape.Text.Like("Done"), About: "Running, Done, Cancelled, Undone or Stopped (by a limit)."), new("message", RestShape.Text.OrNull()),
        new("cause", RestShape.Text.Like("page")), new("actorId", RestShape.Whole), new("jumpedOver", RestShape.Flag, About: "Whether the item only jumped over the stage."), new("chainId", RestShape.Text), new("depth", RestShape.Whole),
        new("startedTime", RestShape.Instant), new("finishedTime", RestShape.Instant.OrNull()), new("robots", RestShape.MapOf(RestShape.Whole), About: "How many robots are in which state."));

    private static readonly RestShape RobotRun = RestShape.Object(
        new("id", RestShape.Id), new("runId", RestShape.Id), new("entityTypeId", RestShape.Id), new("itemId", RestShape.Id), new("itemTitle", RestShape.Text.OrNull()), new("stageId", RestShape.Text),
        new("key", RestShape.Text), new("type", RestShape.Text), new("name", RestShape.Text), new("state", RestShape.Text.Like("Skipped")), new("code", RestShape.Text.OrNull()), new("message", RestShape.Text.OrNull()),
        new("attempt", RestShape.Whole), new("plannedTime", RestShape.Instant), new("startedTime", RestShape.Instant.OrNull()), new("finishedTime", RestShape.Instant.OrNull()), new("dueTime", RestShape.Instant.OrNull()));

    private static readonly RestShape Metrics = RestShape.Object(
        new("stageId", RestShape.Text), new("key", RestShape.Text), new("runs", RestShape.Whole), new("done", RestShape.Whole), new("skipped", RestShape.Whole), new("failed", RestShape.Whole),
        new("averageDelayMs", RestShape.Number.OrNull(), About: "From its turn to its start."), new("averageDurationMs", RestShape.Number.OrNull()));

    public static IEnumerable<RestMethod> All =>
    [
        new("automation.run.search", "automation", RestRight.Member, RestStyle.Own, [May("filter", RestShape.Object(Common)), .. Paging],
            RestShape.Object(new("runs", RestShape.ListOf(Run)), new("next", RestShape.Text.OrNull())), RunsAsync) { ReadOnly = true, About = "Runs, newest first." },
        new("automation.robot.search", "automation", RestRight.Member, RestStyle.Own,
            [May("filter", RestShape.Object([.. Common, May("robotKey", RestShape.Text), May("robotType", RestShape.Text.Like("add_comment")), May("code", RestShape.Text.Like("condition.false"))])), .. Paging],
            RestShape.Object(new("robots", RestShape.ListOf(RobotRun)), new("next", RestShape.Text.OrNull())), RobotsAsync) { ReadOnly = true, About = "Robot runs, newest first." },
        new("automation.robot.metrics", "automation", RestRight.Administrator, RestStyle.Own, [Need("entityTypeId", RestShape.Id.Like(2)), May("stageId", RestShape.Text), May("days", RestShape.Whole.Like(30))],
            RestShape.Object(new RestParameter("robots", RestShape.ListOf(Metrics))), MetricsAsync) { ReadOnly = true, About = "Figures of robots over the last days, today counted." },
    ];

    private static async Task<RestResult> RunsAsync(RestCall call, CancellationToken ct)
    {
        var filter = call.Arguments.Map("filter");
        var (type, item, stage, from, until, text) = Read(filter);
        var found = await call.Get<ISender>().Send(new SearchRuns { TypeId = type, ItemId = item, StageId = stage, From = from, Until = until, Text = text, After = After(call), Limit = Limit(call), State = State<RunState>(filter) }, ct);
        return RestValue.Map(("runs", RestValue.List(found.Lines.Select(l => Write(l, call.Format)))), ("next", found.Next?.ToString()));
    }

    private static async Task<RestResult> RobotsAsync(RestCall call, CancellationToken ct)
    {
        var filter = call.Arguments.Map("filter");
        var (type, item, stage, from, until, text) = Read(filter);
        var found = await call.Get<ISender>().Send(new SearchRobotRuns
        {
            TypeId = type,
            ItemId = item,
            StageId = stage,
            From = from,
            Until = until,
            Text = text,
            After = After(call),
            Limit = Limit(call),
            State = State<RobotRunState>(filter),
            RobotKey = filter.Find("robotKey")?.Text,
            RobotType = filter.Find("robotType")?.Text,
            Code = filter.Find("code")?.Text,
        }, ct);
        return RestValue.Map(("robots", RestValue.List(found.Lines.Select(l => Write(l, call.Format)))), ("next", found.Next?.ToString()));
    }

    private static async Task<RestResult> MetricsAsync(RestCall call, CancellationToken ct)
    {
        var days = (int)Math.Clamp(call.Arguments.Whole("days") ?? 30, int.MinValue, int.MaxValue);
        var found = await call.Get<ISender>().Send(new GetRobotMetrics((int)Math.Min(call.Arguments.Id("entityTypeId"), int.MaxValue)) { StageId = call.Arguments.Text("stageId"), Days = days }, ct);
        return RestValue.Map(("robots", RestValue.List(found.Select(m => RestValue.Map(
            ("stageId", m.StageId), ("key", m.RobotKey), ("runs", m.Runs), ("done", m.Done), ("skipped", m.Skipped), ("failed", m.Failed),
            ("averageDelayMs", Milliseconds(m.AverageDelay)), ("averageDurationMs", Milliseconds(m.AverageDuration)))))));
    }

    private static (int? Type, long? Item, string? Stage, DateTimeOffset? From, DateTimeOffset? Until, string? Text) Read(RestValue filter) => (
        RestArguments.TryWhole(filter.Find("entityTypeId"), out var type) ? (int)Math.Min(type, int.MaxValue) : null,
        RestArguments.TryWhole(filter.Find("itemId"), out var item) ? item : null,
        filter.Find("stageId")?.Text,
        Moment(filter, "from"),
        Moment(filter, "until"),
        filter.Find("text")?.Text);

    private static DateTimeOffset? Moment(RestValue filter, string name) =>
        filter.Find(name)?.Text is not { Length: > 0 } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at
        : throw Refused($"Parameter 'filter[{name}]' must be a moment in ISO 8601.", $"filter[{name}]");

    private static T? State<T>(RestValue filter)
        where T : struct, Enum =>
        filter.Find("state")?.Text is not { Length: > 0 } text ? null
        : Enum.TryParse<T>(text, out var state) && Enum.IsDefined(state) && !char.IsAsciiDigit(text[0]) ? state
        : throw Refused($"Parameter 'filter[state]' must be one of {string.Join(", ", Enum.GetNames<T>())}.", "filter[state]");

    private static HistoryCursor? After(RestCall call) =>
        call.Arguments.Text("after") is not { } text ? null : HistoryCursor.Parse(text) ?? throw Refused("Parameter 'after' is not the next of another page.", "after");

    private static int Limit(RestCall call) => (int)Math.Clamp(call.Arguments.Whole("limit") ?? 50, int.MinValue, int.MaxValue);

    private static RestException Refused(string message, string argument) => new(new RestError(400, RestErrors.InvalidArgument, message, argument));

    private static RestValue Milliseconds(TimeSpan? span) => span is { } time ? RestValue.Of(Math.Round((decimal)time.TotalMilliseconds, 3)) : RestValue.Null;

    private static RestValue Write(RunHistoryLine line, RestFormat format) => RestValue.Map(
        ("id", line.Run.Id), ("entityTypeId", line.Run.TypeId), ("itemId", line.Run.ItemId), ("itemTitle", line.ItemTitle), ("stageId", line.Run.StageId),
        ("version", line.Run.ConfigVersion), ("state", line.Run.State.ToString()), ("message", line.Run.Message), ("cause", line.Run.Cause), ("actorId", line.Run.ActorId),
        ("jumpedOver", line.Run.JumpedOver), ("chainId", line.Run.ChainId.ToString()), ("depth", line.Run.Depth), ("startedTime", format.Instant(line.Run.StartedAt)), ("finishedTime", RestTimes.Write(line.Run.FinishedAt, format)),
        ("robots", RestValue.Map(line.Robots.OrderBy(r => r.Key).Select(r => (r.Key.ToString(), RestValue.Of((long)r.Value))))));

    private static RestValue Write(RobotRunLine line, RestFormat format) => RestValue.Map(
        ("id", line.RobotRun.Id), ("runId", line.RobotRun.RunId), ("entityTypeId", line.RobotRun.TypeId), ("itemId", line.RobotRun.ItemId), ("itemTitle", line.ItemTitle), ("stageId", line.RobotRun.StageId),
        ("key", line.RobotRun.RobotKey), ("type", line.RobotRun.RobotType), ("name", line.RobotRun.Name), ("state", line.RobotRun.State.ToString()), ("code", line.RobotRun.Code), ("message", line.RobotRun.Message),
        ("attempt", line.RobotRun.Attempt), ("plannedTime", format.Instant(line.RobotRun.PlannedAt)), ("startedTime", RestTimes.Write(line.RobotRun.StartedAt, format)),
        ("finishedTime", RestTimes.Write(line.RobotRun.FinishedAt, format)), ("dueTime", RestTimes.Write(line.RobotRun.DueAt, format)));
}
