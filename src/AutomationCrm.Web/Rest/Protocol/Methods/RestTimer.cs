using Microsoft.Extensions.Options;

namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>Times calls, keeps the operating seconds and bounds how long a call may run.</summary>
internal sealed class RestTimer(TimeProvider clock, OperatingMeter meter, IOptions<RestOptions> options)
{
    /// <summary>The zone dates are written in.</summary>
    public TimeZoneInfo Zone { get; } = options.Value.TimeZone is { Length: > 0 } id ? TimeZoneInfo.FindSystemTimeZoneById(id) : clock.LocalTimeZone;

    public TimeSpan BatchTime => options.Value.BatchTime;

    public TimeProvider Clock => clock;

    public RestWatch Start() => new(clock, meter);

    public bool IsOverBudget(long webhookId, RestMethod method) =>
        options.Value.OperatingLimit > 0 && meter.Read(webhookId, method.Name).Seconds > options.Value.OperatingLimit;

    public RestDeadline LimitCall(CancellationToken ct) => Limit(options.Value.CallTime, ct);

    public RestDeadline Limit(TimeSpan time, CancellationToken ct) => new(clock, time, ct);
}

/// <summary>Measures one call.</summary>
internal sealed class RestWatch(TimeProvider clock, OperatingMeter meter)
{
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly long _stamp = clock.GetTimestamp();

    /// <summary>The time of a call that ran a method; its seconds count.</summary>
    public RestTime Stop(long webhookId, RestMethod method)
    {
        var took = clock.GetElapsedTime(_stamp);
        return Time(took, meter.Add(webhookId, method.Name, took));
    }

    /// <summary>The time of a call that counts against no method.</summary>
    public RestTime Stop() => Time(clock.GetElapsedTime(_stamp), meter.Idle());

    private RestTime Time(TimeSpan took, OperatingMeter.Reading operating) =>
        new(_start, _start + took, took, took, operating.Seconds, operating.ResetAt);
}

/// <summary>Cancels after a time or when the client leaves, whichever is first.</summary>
internal sealed class RestDeadline : IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;

    public RestDeadline(TimeProvider clock, TimeSpan time, CancellationToken ct)
    {
        _timeout = new CancellationTokenSource(time, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, ct);
    }

    public CancellationToken Token => _either.Token;

    public bool IsOver => _timeout.IsCancellationRequested;

    public void Dispose()
    {
        _either.Dispose();
        _timeout.Dispose();
    }
}
