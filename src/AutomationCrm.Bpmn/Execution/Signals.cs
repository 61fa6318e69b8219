using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Something that happened, with the time and the facts it happened with (contract C9).</summary>
public abstract record Signal
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>Values of <c>ProcessModel.References</c>, read by the host.</summary>
    public VariableSet Facts { get; init; } = VariableSet.Empty;

    public VariableSet Variables { get; init; } = VariableSet.Empty;

    /// <summary>The zone in which calendar days, months and cron lines are counted.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
}

/// <summary>Starts the instance: at its none start events, or at the start event that was triggered.</summary>
public sealed record StartInstance : Signal
{
    /// <summary>Start event whose trigger occurred; null starts the ones without a trigger.</summary>
    public string? StartEventId { get; init; }

    /// <summary>0 on its own, the caller's depth + 1 for a called instance.</summary>
    public int Depth { get; init; }
}

/// <summary>A waiting activity is done; the variables are its results.</summary>
public sealed record CompleteActivity(int Id) : Signal;

/// <summary>A waiting activity broke technically; this is an incident, never an error of the model.</summary>
public sealed record FailActivity(int Id, string Code, string Message) : Signal;

/// <summary>A waiting activity or a called instance ended with a business error.</summary>
public sealed record ThrowError(int Id, string Code, string? Message = null) : Signal;

/// <summary>A waiting activity or a called instance raises an escalation and goes on, unless a handler interrupts it.</summary>
public sealed record Escalate(int Id, string Code) : Signal;

/// <summary>The timer with this number is due.</summary>
public sealed record TimerFired(int Id) : Signal;

/// <summary>A message for one receiver: by subscription, else the oldest that fits name, key and element.</summary>
public sealed record MessageReceived(string Name) : Signal
{
    public string? Key { get; init; }

    public int? SubscriptionId { get; init; }

    public string? ElementId { get; init; }
}

/// <summary>A signal for everything that waits for its name.</summary>
public sealed record SignalReceived(string Name) : Signal;

/// <summary>Variables were changed from outside or facts have new values: conditions are looked at again.</summary>
public sealed record SetVariables : Signal
{
    /// <summary>The node whose scope is meant; null for the instance.</summary>
    public int? ScopeId { get; init; }
}

/// <summary>A person chose an activity of an ad-hoc sub-process.</summary>
public sealed record ChooseActivity(int AdHocId, string ActivityId) : Signal;

/// <summary>A person says that an ad-hoc sub-process is finished.</summary>
public sealed record FinishAdHoc(int AdHocId) : Signal;

/// <summary>One more instance for a running parallel multi-instance activity.</summary>
public sealed record AddLoopInstance(int BodyId, Datum Item) : Signal;

/// <summary>Tries again what led to the incident, with corrected variables if any.</summary>
public sealed record RetryIncident(int Id) : Signal;

/// <summary>Goes on as if the element had completed with these variables; at a gateway by the named flow.</summary>
public sealed record ResolveIncident(int Id) : Signal
{
    public string? FlowId { get; init; }
}

/// <summary>Ends the instance from outside.</summary>
public sealed record CancelInstance : Signal
{
    public string Reason { get; init; } = "";
}
