using System.ComponentModel.DataAnnotations;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>Settings of the REST door; every limit that Bitrix24's self-hosted edition leaves off is off.</summary>
internal sealed class RestOptions
{
    public const string Section = "Rest";

    /// <summary>Whether classic methods answer errors with an empty code, as the original does; otherwise ERROR_CORE.</summary>
    public bool EmptyErrorCodes { get; init; } = true;

    /// <summary>Whether secrets are accepted in the URL at all.</summary>
    public bool UrlSecrets { get; init; } = true;

    /// <summary>The zone dates are written in, for example Europe/Berlin; empty is the zone of the server.</summary>
    public string TimeZone { get; init; } = "";

    public TimeSpan CallTime { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan BatchTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Seconds a method may run per webhook in ten minutes; 0 is no limit.</summary>
    [Range(0, 86_400)]
    public double OperatingLimit { get; init; }

    /// <summary>Requests a webhook and address may make at once; 0 is no limit.</summary>
    [Range(0, 1_000_000)]
    public int RateBurst { get; init; }

    [Range(0.01, 1_000_000)]
    public double RatePerSecond { get; init; } = 2;

    /// <summary>Whether each command of a batch pays like a request; the original counts a batch once.</summary>
    public bool RateCountsCommands { get; init; }

    [Range(1, 1_000_000)]
    public int FailedSignInsPerMinute { get; init; } = 20;

    public RestLimits Limits { get; init; } = new();
}
