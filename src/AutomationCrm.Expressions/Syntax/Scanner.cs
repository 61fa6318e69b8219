namespace AutomationCrm.Expressions.Syntax;

/// <summary>The text being read, where reading stands, and what went wrong there.</summary>
internal sealed class Scanner(string text)
{
    private readonly List<Failure> _problems = [];

    public string Text { get; } = text;

    public int Position { get; set; }

    public IReadOnlyList<Failure> Problems => _problems;

    public bool AtEnd => Position >= Text.Length;

    public char Current => Position < Text.Length ? Text[Position] : '\0';

    public bool Sees(string expected) => Text.AsSpan(Position).StartsWith(expected, StringComparison.Ordinal);

    public void SkipSpaces()
    {
        while (Position < Text.Length && char.IsWhiteSpace(Text[Position])) Position++;
    }

    public bool Take(string expected)
    {
        if (!Sees(expected)) return false;
        Position += expected.Length;
        return true;
    }

    public bool Take(char expected)
    {
        if (AtEnd || Current != expected) return false;
        Position++;
        return true;
    }

    public ReadOnlySpan<char> TakeWhile(Func<char, bool> belongs)
    {
        var start = Position;
        while (Position < Text.Length && belongs(Text[Position])) Position++;
        return Text.AsSpan(start, Position - start);
    }

    public void Problem(string code, int position, int length, params ReadOnlySpan<string> arguments) =>
        _problems.Add(Failure.Of(code, position, length, arguments));

    public void Expected(string what) =>
        Problem(FailureCodes.Syntax, Math.Min(Position, Text.Length), AtEnd ? 0 : 1, what, AtEnd ? "the end" : $"'{Current}'");
}
