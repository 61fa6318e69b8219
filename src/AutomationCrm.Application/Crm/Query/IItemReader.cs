using AutomationCrm.Application.Common.Security;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Crm.Query;

/// <summary>Reads items under rights. Unknown fields, and operands that do not fit, are a <c>RuleBrokenException</c> that names the field.</summary>
public interface IItemReader
{
    Task<ItemPage> ListAsync(ItemQuery query, ItemScope scope, CancellationToken ct);

    Task<long> CountAsync(int typeId, FilterNode? filter, ItemScope scope, CancellationToken ct);

    /// <summary>How many items of a type that are not closed each person is responsible for; who has none is missing.</summary>
    Task<IReadOnlyDictionary<long, long>> CountOpenAsync(int typeId, IReadOnlyCollection<long> people, CancellationToken ct);

    /// <summary>The titles of items the caller may see; others are missing from the answer.</summary>
    Task<IReadOnlyDictionary<ItemRef, string>> FindTitlesAsync(IReadOnlyCollection<ItemRef> items, Func<int, ItemScope> scopeOf, CancellationToken ct);

    /// <summary>The best hits over all types in <paramref name="scopes"/>, best first.</summary>
    Task<IReadOnlyList<FoundItem>> SearchAsync(string text, IReadOnlyDictionary<int, ItemScope> scopes, int most, CancellationToken ct);
}

/// <summary>A hit of the global search.</summary>
/// <param name="Why">number, title, client, phone, email or text.</param>
public sealed record FoundItem(Item Item, string Why, string? Client);
