using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Rest.Automation;

internal static class RestTimes
{
    /// <summary>A moment that may be missing.</summary>
    public static RestValue Write(DateTimeOffset? at, RestFormat format) => at is { } moment ? format.Instant(moment) : RestValue.Null;
}
