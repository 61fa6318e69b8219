namespace AutomationCrm.Bpmn.Model;

/// <summary>Some of the incoming flows of a gateway. Only the words that hold any are kept, since most elements lead to one flow only.</summary>
internal readonly struct SlotSet
{
    private readonly ulong[] words;
    private readonly int offset;

    public SlotSet(ReadOnlySpan<ulong> all)
    {
        var end = all.Length;
        while (end > 0 && all[end - 1] == 0) end--;
        while (offset < end && all[offset] == 0) offset++;
        words = all[offset..end].ToArray();
    }

    public bool Holds(int slot) => (slot >> 6) - offset is var word && word >= 0 && word < words.Length && (words[word] & (1UL << (slot & 63))) != 0;

    public bool Overlaps(ReadOnlySpan<ulong> other)
    {
        for (var i = 0; i < words.Length; i++)
            if ((words[i] & other[offset + i]) != 0) return true;
        return false;
    }
}
