using System.Globalization;
using System.Runtime.CompilerServices;

namespace AutomationCrm.Domain.Common;

/// <summary>Takes an interpolated message apart: its text in English, and its arguments, from which a door says the same in the language of its reader.</summary>
[InterpolatedStringHandler]
public ref struct RefusalText(int literalLength, int formattedCount)
{
    private readonly List<object?> arguments = new(formattedCount);
    private DefaultInterpolatedStringHandler text = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

    /// <summary>In the order in which they stand in the message.</summary>
    internal readonly IReadOnlyList<object?> Arguments => arguments;

    public void AppendLiteral(string value) => text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => AppendFormatted(value, format: null);

    public void AppendFormatted<T>(T value, string? format)
    {
        arguments.Add(value);
        text.AppendFormatted(value, format);
    }

    internal string Finish() => text.ToStringAndClear();
}
