namespace AutomationCrm.Campaign;

/// <summary>Violations of invariants, by the numbers of docs/reliability.md.</summary>
internal sealed class Findings
{
    private const int MostExamples = 3;

    private readonly List<string> violations = [];
    private readonly List<string> notes = [];

    public IReadOnlyList<string> Violations => violations;

    public IReadOnlyList<string> Notes => notes;

    public void Note(string text) => notes.Add(text);

    /// <summary>Everything in <paramref name="cases"/> breaks the invariant.</summary>
    public void None<T>(string invariant, string what, IReadOnlyCollection<T> cases)
    {
        if (cases.Count > 0) violations.Add($"{invariant}: {what}: {cases.Count}, for example {string.Join("; ", cases.Take(MostExamples))}");
    }

    public void AtMost(string invariant, string what, int count, int most)
    {
        if (count > most) violations.Add($"{invariant}: {what}: {count}, at most {most} are explained by the faults");
    }
}
