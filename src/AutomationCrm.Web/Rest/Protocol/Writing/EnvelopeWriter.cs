using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Web.Rest.Protocol.Writing;

/// <summary>Outcomes as envelopes.</summary>
internal sealed class EnvelopeWriter(IOptions<RestOptions> options)
{
    private const string EmptyCodeStandIn = "ERROR_CORE";

    public RestMap Envelope(RestOutcome outcome, RestFormat format)
    {
        if (outcome.Error is { } error) return Error(error);
        var envelope = RestValue.Map(("result", outcome.Result!.Value));
        if (outcome.Result.Next is { } next) envelope["next"] = next;
        if (outcome.Result.Total is { } total) envelope["total"] = total;
        envelope["time"] = Time(outcome.Time, format);
        return envelope;
    }

    public RestMap Error(RestError error)
    {
        var code = error.Code.Length == 0 && !options.Value.EmptyErrorCodes ? EmptyCodeStandIn : error.Code;
        var envelope = RestValue.Map(("error", code), ("error_description", error.Description));
        if (error.Argument is { } argument) envelope["argument"] = argument;
        return envelope;
    }

    public static RestMap Time(RestTime time, RestFormat format) => RestValue.Map(
        ("start", RestFormat.UnixSeconds(time.Start)),
        ("finish", RestFormat.UnixSeconds(time.Finish)),
        ("duration", Seconds(time.Duration.TotalSeconds)),
        ("processing", Seconds(time.Processing.TotalSeconds)),
        ("date_start", format.Instant(time.Start)),
        ("date_finish", format.Instant(time.Finish)),
        ("operating_reset_at", time.OperatingResetAt.ToUnixTimeSeconds()),
        ("operating", Seconds(time.Operating)));

    private static decimal Seconds(double seconds) => decimal.Round((decimal)seconds, 6);
}
