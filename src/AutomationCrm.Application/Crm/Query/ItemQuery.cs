using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Crm.Query;

/// <summary>A field (its code) to sort by; the id always comes last.</summary>
public sealed record ItemOrder(string Field, bool Descending = false);

/// <summary>A page of items of one type (contract C5). Rights are added by whoever runs it.</summary>
public sealed record ItemQuery(int TypeId, FilterNode? Filter = null)
{
    public const int PageSize = 50;
    public const int LargestPage = 500;

    public IReadOnlyList<ItemOrder> Order { get; init; } = [];

    public int Offset { get; init; }

    public int Limit { get; init; } = PageSize;

    /// <summary>Instead of an offset: goes on behind this id. Takes an order by id alone.</summary>
    public long? AfterId { get; init; }

    /// <summary>Whether the total over all pages is wanted.</summary>
    public bool WithCount { get; init; }

    /// <summary>Whether ids descend.</summary>
    public bool NewestFirst => Order.FirstOrDefault(o => o.Field == FieldCodes.Id)?.Descending ?? false;
}

/// <param name="Total">Over all pages; null when it was not asked for.</param>
public sealed record ItemPage(IReadOnlyList<Item> Items, long? Total, bool HasMore);
