using AutomationCrm.Web.Rest.Protocol.Tree;
using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Rest.Automation;

internal static class RestTimes
{
    /// <summary>A moment of the caller; null when the text is none.</summary>
    public static DateTimeOffset? Read(RestValue? value, RestFormat format) => value?.Text is { } text && WireDates.TryParse(text, format.Zone, out var at) ? at : null;

    /// <summary>A moment that may be missing.</summary>
    public static RestValue Write(DateTimeOffset? at, RestFormat format) => at is { } moment ? format.Instant(moment) : RestValue.Null;
}
