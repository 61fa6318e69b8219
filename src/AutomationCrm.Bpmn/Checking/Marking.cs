namespace AutomationCrm.Bpmn.Checking;

/// <summary>How many tokens stand on each flow and before each entry of a scope.</summary>
internal sealed class Marking(byte[] tokens) : IEquatable<Marking>
{
    private const byte Most = 3;

    public byte[] Tokens { get; } = tokens;

    public bool IsEmpty => !Tokens.AsSpan().ContainsAnyExcept((byte)0);

    /// <summary>So many tokens on one place that the exploration would not end.</summary>
    public bool IsTooFull => Tokens.AsSpan().ContainsAnyInRange((byte)(Most + 1), byte.MaxValue);

    public Marking Change(IEnumerable<int> take, IEnumerable<int> put)
    {
        var changed = Tokens.AsSpan().ToArray();
        foreach (var place in take) changed[place]--;
        foreach (var place in put) changed[place]++;
        return new(changed);
    }

    public bool Equals(Marking? other) => other is not null && Tokens.AsSpan().SequenceEqual(other.Tokens);

    public override bool Equals(object? obj) => Equals(obj as Marking);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Tokens);
        return hash.ToHashCode();
    }
}
