namespace AutomationCrm.Expressions;

/// <summary>
/// What one evaluation may spend: steps (one per operation, more for work on long texts) and size
/// (characters of all texts made, 16 for each list element), charged before anything is allocated.
/// </summary>
public sealed record Budget(int Steps, int Size)
{
    public const int DeepestNesting = 32;
    public const int LongestFormula = 8 * 1024;
    public const int LongestText = 256 * 1024;
    public const int MostParts = 2_000;

    internal const int SizeOfElement = 16;

    public static Budget Default { get; } = new(10_000, 1024 * 1024);
}
