using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Lanes;

/// <summary>
/// The name of a lane as one number: what it serves (an item type, or <see cref="InstanceKind"/>) in the upper bits, the id in the lower 44.
/// </summary>
public readonly record struct LaneId(long Number)
{
    /// <summary>Lanes of process instances.</summary>
    public const int InstanceKind = 0;

    /// <summary>Lanes that feed many items, see Automation/Scripts; item types have smaller numbers.</summary>
    public const int LaunchKind = 1 << 18;

    private const int KeyBits = 44;

    public int Kind => (int)(Number >> KeyBits);

    public long Key => Number & ((1L << KeyBits) - 1);

    public ItemRef Item => new(Kind, Key);

    public static LaneId Of(ItemRef item) => new(((long)item.TypeId << KeyBits) | item.Id);
}
