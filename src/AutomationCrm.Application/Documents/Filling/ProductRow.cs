using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Documents.Filling;

/// <summary>One line of goods or services.</summary>
/// <param name="Price">Of one unit, in the item's currency.</param>
public sealed record ProductRow(string Name, decimal Quantity, decimal Price, decimal Sum, string Currency)
{
    public string Unit { get; init; } = "";
}

/// <summary>Where the product rows of an item come from.</summary>
public interface IProductRows
{
    ValueTask<IReadOnlyList<ProductRow>> ReadAsync(Item item, PortalSnapshot portal, CancellationToken ct);
}

/// <summary>Items know one product and an amount so far: one row.</summary>
internal sealed class ProductOfItem : IProductRows
{
    public ValueTask<IReadOnlyList<ProductRow>> ReadAsync(Item item, PortalSnapshot portal, CancellationToken ct)
    {
        if (!item.Type.HasAmount) return new([]);

        var (name, amount) = (item.Text(FieldCodes.Product), item.Number(FieldCodes.Amount));
        var currency = item[FieldCodes.Currency] is TextValue { Text: { Length: > 0 } code } ? code : portal.BaseCurrency;
        return new([new(name.Length > 0 ? name : item.Title, 1, amount, amount, currency)]);
    }
}
