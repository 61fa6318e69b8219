namespace AutomationCrm.Expressions.Calculation;

/// <summary>A small repeatable generator (splitmix64); the same seed gives the same row. Not for secrets unless the seed is one.</summary>
internal sealed class RandomNumbers(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 to <paramref name="below"/> - 1.</summary>
    public ulong Below(ulong below) => (ulong)(((UInt128)Next() * below) >> 64);
}
