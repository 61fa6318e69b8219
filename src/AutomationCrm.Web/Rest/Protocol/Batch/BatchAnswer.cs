using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;
using AutomationCrm.Web.Rest.Protocol.Writing;

namespace AutomationCrm.Web.Rest.Protocol.Batch;

/// <summary>Collects the outcomes of a batch, each part keyed like the commands.</summary>
internal sealed class BatchAnswer(RestFormat format, EnvelopeWriter envelopes)
{
    private readonly RestMap _errors = [];
    private readonly RestMap _totals = [];
    private readonly RestMap _nexts = [];
    private readonly RestMap _times = [];

    /// <summary>What later commands may refer to.</summary>
    public RestMap Results { get; } = [];

    public void Add(string key, RestOutcome outcome)
    {
        if (outcome.Error is { } error)
        {
            _errors[key] = envelopes.Error(error);
            return;
        }

        var result = outcome.Result!;
        Results[key] = result.Value;
        if (result.Total is { } total) _totals[key] = total;
        if (result.Next is { } next) _nexts[key] = next;
        _times[key] = EnvelopeWriter.Time(outcome.Time, format);
    }

    public RestValue ToValue() => RestValue.Map(
        ("result", Results),
        ("result_error", _errors),
        ("result_total", _totals),
        ("result_next", _nexts),
        ("result_time", _times));
}
