using System.Globalization;

namespace AutomationCrm.Domain.Crm;

/// <summary>One item: Bitrix24 entity type id (2 = deal) and the item's id within its type.</summary>
public readonly record struct ItemRef(int TypeId, long Id) : IComparable<ItemRef>
{
    public static ItemRef Deal(long id) => new(ItemTypeIds.Deal, id);

    public static bool operator <(ItemRef left, ItemRef right) => left.CompareTo(right) < 0;

    public static bool operator >(ItemRef left, ItemRef right) => left.CompareTo(right) > 0;

    public static bool operator <=(ItemRef left, ItemRef right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ItemRef left, ItemRef right) => left.CompareTo(right) >= 0;

    /// <summary>Type first, then id: the order in which rows are locked.</summary>
    public int CompareTo(ItemRef other)
    {
        var byType = TypeId.CompareTo(other.TypeId);
        return byType != 0 ? byType : Id.CompareTo(other.Id);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{TypeId}:{Id}");
}
