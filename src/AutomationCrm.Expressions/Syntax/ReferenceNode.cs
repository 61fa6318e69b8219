using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Syntax;

/// <summary>A placeholder <c>{=Document:TITLE > type, format}</c>.</summary>
internal sealed class ReferenceNode(int position, int length, string path, string? type, string? format) : Node(position, length)
{
    private readonly SystemValue _system = SystemValues.Find(path);

    public string Path { get; } = path;

    public string? Type { get; } = type;

    public string? Format { get; } = format;

    /// <summary>Whether the source is asked; the clock and the line break need none.</summary>
    public bool IsRead => _system == SystemValue.None;

    public override Value? Evaluate(Run run)
    {
        if (!run.Step(this)) return null;
        var value = IsRead ? run.Source.Get(Path) : SystemValues.Get(_system, run.Context);
        if (value is null) return run.Fail(FailureCodes.UnknownReference, this, Path);
        return Type is null && Format is null ? value : Modifiers.Apply(this, value, run);
    }

    /// <summary>The value as it stands inside a text.</summary>
    public string? EvaluateText(Run run)
    {
        var value = Evaluate(run);
        return value is null ? null : run.Text(value, this, Modifiers.ZoneOf(Format, run.Context));
    }
}
