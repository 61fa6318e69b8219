using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Writing;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Web.Rest.Protocol.Batch;

/// <summary>
/// Up to 50 commands in one request, one after the other; each is authorised, timed and failed on its own, and later ones
/// may use results of earlier ones. The whole batch has ten seconds.
/// </summary>
internal static class BatchMethod
{
    public const int MaxCommands = 50;
    public const string Name = "batch";

    public static RestMethod Create() => new(
        Name,
        Scope: null,
        RestRight.Member,
        RestStyle.Controller,
        [
            RestParameter.May("cmd", RestShape.MapOf(RestShape.Text.Like("crm.deal.get?id=1")), "Commands by key or as a list: method?parameters. Values may refer to earlier results: $result[key][path]."),
            RestParameter.May("halt", RestShape.Flag.Like(0), "Whether to stop after the first failure."),
        ],
        RestShape.Object(
            new("result", RestShape.Any.Like(RestValue.Map(("deal", RestValue.Map(("ID", "1"))))), About: "Results by key."),
            new("result_error", RestShape.Any.Like(RestValue.List([])), About: "Errors by key."),
            new("result_total", RestShape.Any.Like(RestValue.List([])), About: "Totals of lists by key."),
            new("result_next", RestShape.Any.Like(RestValue.List([])), About: "Starts of next pages by key."),
            new("result_time", RestShape.Any.Like(RestValue.List([])), About: "Times by key.")),
        RunAsync)
    {
        About = "Runs up to 50 commands in one request.",
        AllowedInBatch = false,
    };

    private static async Task<RestResult> RunAsync(RestCall call, CancellationToken ct)
    {
        var commands = Commands(call.Arguments);
        var halt = call.Arguments.Flag("halt") ?? false;
        var timer = call.Get<RestTimer>();
        var answer = new BatchAnswer(call.Format, call.Get<EnvelopeWriter>());
        using var deadline = timer.Limit(timer.BatchTime, ct);
        foreach (var (key, text) in commands)
        {
            var outcome = await RunAsync(call, BatchCommand.Read(key, text), answer, deadline, ct);
            answer.Add(key, outcome);
            if (halt && outcome.Error is not null) break;
        }

        return answer.ToValue();
    }

    private static List<KeyValuePair<string, RestValue>> Commands(RestArguments arguments)
    {
        if (arguments.Find("cmd") is not { IsContainer: true } commands)
            throw new RestException(new RestError(400, "ERROR_ARGUMENT", "Argument 'cmd' is null or empty", "cmd"));
        var list = commands.Entries.ToList();
        return list.Count <= MaxCommands ? list : throw new RestException(RestErrors.BatchTooLong);
    }

    private static async Task<RestOutcome> RunAsync(RestCall call, BatchCommand command, BatchAnswer answer, RestDeadline deadline, CancellationToken ct)
    {
        var watch = call.Get<RestTimer>().Start();
        if (deadline.IsOver) return new RestOutcome(Result: null, RestErrors.OperationTime, watch.Stop());
        try
        {
            var request = new RestRequest(command.Method, command.Parameters(answer.Results, call.Get<IOptions<RestOptions>>().Value.Limits), call.Caller)
            {
                CommandId = command.IdFrom(call.CommandId),
                InBatch = true,
                Chain = call.Chain,
            };
            return await call.Dispatcher.InvokeAsync(request, deadline.Token);
        }
        catch (RestException e)
        {
            return new RestOutcome(Result: null, e.Error, watch.Stop());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new RestOutcome(Result: null, RestErrors.OperationTime, watch.Stop());
        }
    }
}
