using AutomationCrm.Web.Rest.Protocol.Query;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>What a handler answers: the result and, for lists, how many rows there are and where the next page starts.</summary>
internal sealed record RestResult(RestValue Value, int? Total = null, int? Next = null)
{
    public static RestResult Of(RestValue value) => new(value);

    /// <summary>One page of a list. <paramref name="total"/> counts all rows and is not looked at when the client asked not to count.</summary>
    public static RestResult PageOf(RestValue rows, RestPage page, int total) =>
        page.Counted ? new(rows, total, page.NextOf(total)) : new(rows, Total: 0);

    public static implicit operator RestResult(RestValue value) => new(value);
}

/// <summary>The timing part of the envelope; clients fail without it.</summary>
internal sealed record RestTime(DateTimeOffset Start, DateTimeOffset Finish, TimeSpan Duration, TimeSpan Processing, double Operating, DateTimeOffset OperatingResetAt);

/// <summary>A finished call: either a result or an error, and its timing.</summary>
internal sealed record RestOutcome(RestResult? Result, RestError? Error, RestTime Time);
