namespace AutomationCrm.Bpmn.State;

/// <summary>Rows in order of their numbers. A frozen array is shared between states; the first change of a step copies it.</summary>
internal sealed class Table<T>
    where T : class, IKeyed
{
    private static readonly T[] None = [];

    private T[] rows = None;
    private bool isOwned;

    public int Count { get; private set; }

    public ReadOnlySpan<T> Rows => rows.AsSpan(0, Count);

    public void Load(T[] frozen, int count)
    {
        rows = frozen;
        Count = count;
        isOwned = false;
    }

    public T[] Freeze()
    {
        isOwned = false;
        return rows;
    }

    public void Clear()
    {
        rows = None;
        Count = 0;
        isOwned = false;
    }

    public int IndexOf(int id)
    {
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = rows[middle].Id;
            if (found == id) return middle;
            if (found < id) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    public T? Find(int id)
    {
        var index = IndexOf(id);
        return index < 0 ? null : rows[index];
    }

    /// <summary>Adds a row whose number is greater than all before.</summary>
    public void Append(T row)
    {
        Own(Count + 1);
        rows[Count++] = row;
    }

    public void Set(int index, T row)
    {
        Own(Count);
        rows[index] = row;
    }

    public void RemoveRange(int index, int length)
    {
        if (length == 0) return;
        Own(Count);
        Array.Copy(rows, index + length, rows, index, Count - index - length);
        Array.Clear(rows, Count - length, length);
        Count -= length;
    }

    public void RemoveAll(Predicate<T> isGone)
    {
        Own(Count);
        var kept = 0;
        for (var i = 0; i < Count; i++)
            if (!isGone(rows[i])) rows[kept++] = rows[i];
        Array.Clear(rows, kept, Count - kept);
        Count = kept;
    }

    private void Own(int needed)
    {
        if (isOwned && rows.Length >= needed) return;
        var grown = new T[isOwned ? Math.Max(needed, rows.Length * 2) : needed + 3];
        Array.Copy(rows, grown, Count);
        rows = grown;
        isOwned = true;
    }
}
