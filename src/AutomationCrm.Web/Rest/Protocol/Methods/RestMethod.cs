namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>The family of a method decides its error codes and value formats.</summary>
internal enum RestStyle
{
    /// <summary>crm.deal.*, crm.status.*, user.*: UPPER_SNAKE, numbers as text, errors with an empty code.</summary>
    Classic,
    /// <summary>crm.item.*, crm.category.*: camelCase, JSON numbers, error codes.</summary>
    Controller,
    /// <summary>automation.*, process.*: strict, unknown parameters are refused.</summary>
    Own,
}

/// <summary>Who may call: anybody with a webhook, or administrators only. Rights on records are checked by the use case.</summary>
internal enum RestRight
{
    Member,
    Administrator,
}

internal delegate Task<RestResult> RestHandler(RestCall call, CancellationToken ct);

/// <summary>One row of the table that dispatcher, batch, OpenAPI, approved list, rights matrix and fuzzer read (C10).</summary>
internal sealed record RestMethod(
    string Name,
    string? Scope,
    RestRight Right,
    RestStyle Style,
    IReadOnlyList<RestParameter> Parameters,
    RestShape Result,
    RestHandler Handler)
{
    /// <summary>One sentence for the documentation.</summary>
    public string About { get; init; } = "";

    /// <summary>Whether <c>total</c> and <c>next</c> accompany the result and <c>start</c> is accepted.</summary>
    public bool Paged { get; init; }

    public bool AllowedInBatch { get; init; } = true;

    /// <summary>Whether a call changes nothing; reads need no command id.</summary>
    public bool ReadOnly { get; init; }
}
