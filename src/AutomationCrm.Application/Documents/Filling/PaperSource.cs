using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Documents.Filling;

/// <summary>Everything a document is filled from.</summary>
/// <param name="Linked">The items it refers to, as far as who makes the document may read them.</param>
/// <param name="Given">By name, or by path to override what a path would give.</param>
internal sealed record PaperData(Item Item, IReadOnlyDictionary<ItemRef, Item> Linked, PortalSnapshot Portal, IReadOnlyList<ProductRow> Products, IReadOnlyDictionary<string, Value> Given)
{
    public string Number { get; init; } = "";

    public string Title { get; init; } = "";

    public DateOnly Date { get; init; }

    public IReadOnlyDictionary<PicturePlace, PlacedPicture> Pictures { get; init; } = new Dictionary<PicturePlace, PlacedPicture>();

    /// <summary>A test shows <c>[Name]</c> for values that a robot would give.</summary>
    public bool IsTest { get; init; }
}

/// <summary>Where a picture stands: the text of its placeholder, and the product row from 0 when it is that row's.</summary>
internal readonly record struct PicturePlace(string Placeholder, int? Row);

/// <summary>Answers the placeholders of a document, see <see cref="PaperPaths"/>; inside a product row, of that row.</summary>
/// <param name="row">The number of the product row from 0, null outside rows.</param>
internal sealed class PaperSource(PaperData data, int? row = null) : IValueSource
{
    public Value? Get(string path)
    {
        if (data.Given.FirstOrDefault(g => g.Key.Equals(path, StringComparison.OrdinalIgnoreCase)) is { Key: not null } given) return given.Value;

        var (root, name) = PaperPaths.Split(path);
        if (PaperPaths.IsRoot(root, PaperPaths.Item)) return OfItem(name);
        if (PaperPaths.IsRoot(root, PaperPaths.Products)) return OfProducts(name);
        if (PaperPaths.IsRoot(root, PaperPaths.Paper)) return OfPaper(name);
        return PaperPaths.IsRoot(root, PaperPaths.Given) ? GivenValue(name) : null;
    }

    private Value? OfItem(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return Read(data.Item, name);
        if (PaperPaths.FieldOf(data.Item.Type, name[..dot]) is not { } field) return null;

        var (value, inner) = (data.Item[field.Code], name[(dot + 1)..]);
        if (field.Kind == FieldKind.User) return PaperPaths.Has(PaperPaths.PersonFields, inner) ? OfPerson(value, inner) : null;
        if (field.TargetType is not { } target || data.Portal.Type(target) is not { } type || PaperPaths.FieldOf(type, inner) is null) return null;
        return value is ItemValue reference && data.Linked.TryGetValue(new(reference.TypeId, reference.Id), out var linked) ? Read(linked, inner) : Value.Null;
    }

    /// <summary>Amounts carry their currency: on paper a bare number says nothing.</summary>
    private static Value? Read(Item item, string name)
    {
        if (name.Equals(FieldCodes.Id, StringComparison.OrdinalIgnoreCase)) return Value.Of((decimal)item.Ref.Id);
        if (PaperPaths.FieldOf(item.Type, name) is not { } field) return null;

        var value = item[field.Code];
        return field.Code == FieldCodes.Amount && value is NumberValue amount && item.Text(FieldCodes.Currency) is { Length: > 0 } currency ? new MoneyValue(amount.Number, currency) : value;
    }

    private Value OfPerson(Value value, string name) =>
        value is not UserValue user || !data.Portal.People.TryGetValue(user.Id, out var person) ? Value.Null : Value.Of(Text(person, name));

    private static string Text(Person person, string name) => name.ToUpperInvariant() switch
    {
        "NAME" => person.Name,
        "LAST_NAME" => person.LastName,
        "EMAIL" => person.Email,
        "POSITION" => person.Position,
        _ => person.FullName,
    };

    private Value? OfProducts(string name)
    {
        if (name.Equals("COUNT", StringComparison.OrdinalIgnoreCase)) return Value.Of((decimal)data.Products.Count);
        if (name.Equals("TOTAL", StringComparison.OrdinalIgnoreCase)) return Total();
        if (!PaperPaths.Has(PaperPaths.RowFields, name)) return null;
        if (row is { } one) return one < data.Products.Count ? OfRow(one, name) : Value.Null;
        return Value.Of(Enumerable.Range(0, data.Products.Count).Select(i => OfRow(i, name)));
    }

    private Value Total() => data.Products.Count == 0 ? Value.Of(0m) : new MoneyValue(data.Products.Sum(p => p.Sum), data.Products[0].Currency);

    private Value OfRow(int index, string name)
    {
        var product = data.Products[index];
        return name.ToUpperInvariant() switch
        {
            "INDEX" => Value.Of((decimal)index + 1),
            "NAME" => Value.Of(product.Name),
            "QUANTITY" => Value.Of(product.Quantity),
            "UNIT" => Value.Of(product.Unit),
            "PRICE" => new MoneyValue(product.Price, product.Currency),
            "SUM" => new MoneyValue(product.Sum, product.Currency),
            _ => Value.Of(product.Currency),
        };
    }

    private Value? OfPaper(string name) => name.ToUpperInvariant() switch
    {
        "NUMBER" => Value.Of(data.Number),
        "DATE" => Value.Of(data.Date),
        "TITLE" => Value.Of(data.Title),
        _ => null,
    };

    private Value? GivenValue(string name) =>
        data.Given.FirstOrDefault(g => g.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Key: not null } given ? given.Value : data.IsTest ? Value.Of($"[{name}]") : null;
}
