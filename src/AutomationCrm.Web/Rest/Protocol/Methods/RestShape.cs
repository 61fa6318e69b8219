using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Methods;

internal enum RestKind
{
    Any,
    Text,
    /// <summary>A whole number; as JSON number or text.</summary>
    Whole,
    /// <summary>A positive whole number that names a record.</summary>
    Id,
    Number,
    /// <summary>Y/N, 1/0, true/false in; the method decides what goes out.</summary>
    Flag,
    Instant,
    Map,
    List,
}

/// <summary>The form of a parameter or a result: what the binder checks, OpenAPI describes and the fuzzer bends.</summary>
internal sealed record RestShape(RestKind Kind)
{
    public static RestShape Any { get; } = new(RestKind.Any);

    public static RestShape Text { get; } = new(RestKind.Text);

    public static RestShape Whole { get; } = new(RestKind.Whole);

    public static RestShape Id { get; } = new(RestKind.Id);

    public static RestShape Number { get; } = new(RestKind.Number);

    public static RestShape Flag { get; } = new(RestKind.Flag);

    public static RestShape Instant { get; } = new(RestKind.Instant);

    /// <summary>A map with any keys, such as fields or a filter.</summary>
    public static RestShape Map { get; } = new(RestKind.Map);

    /// <summary>The form of the entries of a list, or of the values of a free map.</summary>
    public RestShape? Items { get; init; }

    /// <summary>The named entries of a map; empty for a free map.</summary>
    public IReadOnlyList<RestParameter> Properties { get; init; } = [];

    public bool Nullable { get; init; }

    /// <summary>A value of this form for the documentation; must fit the form.</summary>
    public RestValue? Example { get; init; }

    public static RestShape ListOf(RestShape items) => new(RestKind.List) { Items = items };

    public static RestShape MapOf(RestShape values) => new(RestKind.Map) { Items = values };

    public static RestShape Object(params RestParameter[] properties) => new(RestKind.Map) { Properties = properties };

    public RestShape Like(RestValue example) => this with { Example = example };

    public RestShape OrNull() => this with { Nullable = true };
}

/// <summary>A named value of a method or of a map.</summary>
internal sealed record RestParameter(string Name, RestShape Shape, bool Required = false, string? About = null)
{
    /// <summary>Other names clients use, for example taskId for id.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public static RestParameter Need(string name, RestShape shape, string? about = null) => new(name, shape, Required: true, about);

    public static RestParameter May(string name, RestShape shape, string? about = null) => new(name, shape, Required: false, about);
}
