namespace AutomationCrm.Web.Rest.Protocol.Tree;

/// <summary>How large one request may be (A14). Keys count per map, values over the whole request.</summary>
internal sealed record RestLimits
{
    public const string TooLargeCode = "REQUEST_TOO_LARGE";

    public int BodyBytes { get; init; } = 1024 * 1024;

    public int BatchBodyBytes { get; init; } = 4 * 1024 * 1024;

    public int Depth { get; init; } = 32;

    public int KeysPerMap { get; init; } = 1_000;

    public int Values { get; init; } = 20_000;
}
