namespace AutomationCrm.Application.Portal;

/// <summary>A pipeline as stored.</summary>
public sealed class PipelineRow
{
    public int TypeId { get; init; }

    public int Id { get; init; }

    public string Name { get; set; } = "";

    public int Sort { get; set; }

    public bool IsDefault { get; set; }
}

/// <summary>A stage as stored.</summary>
public sealed class StageRow
{
    public int TypeId { get; init; }

    public int PipelineId { get; init; }

    public string Id { get; init; } = "";

    public string Name { get; set; } = "";

    public string Color { get; set; } = "";

    public char Semantics { get; set; } = 'P';

    public int Sort { get; set; }

    public int Probability { get; set; }
}

public sealed class CurrencyRow
{
    public string Code { get; init; } = "";

    /// <summary>What one unit is worth in the portal's currency.</summary>
    public decimal Rate { get; set; }

    public bool IsBase { get; set; }
}

/// <summary>A version of something configured (contract C8).</summary>
public sealed class ConfigVersion
{
    public const short Draft = 0;
    public const short Published = 1;

    /// <summary>For example <c>stage-automation</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>What of that kind, for example <c>2:PREPARATION</c>.</summary>
    public string Key { get; init; } = "";

    public int Number { get; init; }

    public short State { get; set; }

    /// <summary>JSON.</summary>
    public string Content { get; init; } = "{}";

    public long AuthorId { get; init; }

    public DateTimeOffset At { get; init; }

    public string Comment { get; init; } = "";

    /// <summary>Of a draft: the published version it was begun from.</summary>
    public int? BasedOn { get; init; }
}

/// <summary>Raised with every change of configuration; see <see cref="IPortal"/>.</summary>
public sealed class ConfigurationStamp
{
    public int Id { get; init; }

    public long Value { get; set; }
}
