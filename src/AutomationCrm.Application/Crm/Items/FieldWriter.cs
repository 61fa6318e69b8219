using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Crm.Items;

/// <summary>Puts values into an item's fields: checks kind, reference and length, and keeps what is derived from them.</summary>
internal static class FieldWriter
{
    private const int MostPeople = 100;

    /// <summary>Sets the given fields; stage and pipeline are left to the move. Throws <see cref="RuleBrokenException"/> that names the field.</summary>
    public static async ValueTask ApplyAsync(IUnitOfWork work, Item item, IReadOnlyDictionary<string, Value> values, CancellationToken ct)
    {
        foreach (var (code, value) in values)
        {
            var field = item.Type.Fields.Find(code) ?? throw new RuleBrokenException("field.unknown", $"There is no field {code}.", code);
            if (field.ReadOnly) throw new RuleBrokenException("field.readonly", $"The field {code} cannot be set.", code);
            if (field.Kind is FieldKind.Stage or FieldKind.Pipeline) continue;

            item.Set(code, await CheckAsync(work, item, field, value, ct));
        }

        Derive(work, item);
    }

    /// <summary>Values that follow from others: the amount in the portal's currency, a contact's title.</summary>
    public static void Derive(IUnitOfWork work, Item item)
    {
        if (item.Type.HasAmount)
        {
            if (item[FieldCodes.Currency].IsEmpty) item.Set(FieldCodes.Currency, Value.Of(work.Portal.BaseCurrency));
            var rate = work.Portal.Rates.GetValueOrDefault(item.Text(FieldCodes.Currency), 1m);
            item.Set(FieldCodes.AmountBase, Value.Of(Math.Round(item.Number(FieldCodes.Amount) * rate, 2, MidpointRounding.AwayFromZero)));
        }

        if (item.Type.Id == ItemTypeIds.Contact)
        {
            var title = string.Join(' ', new[] { item.Text(FieldCodes.Name), item.Text("SECOND_NAME"), item.Text(FieldCodes.LastName) }.Where(t => t.Length > 0));
            item.Set(FieldCodes.Title, Value.Of(title.Length > 0 ? title : $"#{item.Ref.Id}"));
        }
    }

    private static async ValueTask<Value> CheckAsync(IUnitOfWork work, Item item, Field field, Value value, CancellationToken ct)
    {
        if (value.IsEmpty)
            return field.Required ? throw new RuleBrokenException("field.required", $"The field {field.Code} must not be empty.", field.Code)
                : field.Code == FieldCodes.Responsible ? item[field.Code]
                : Value.Null;

        return field.Kind switch
        {
            FieldKind.Text or FieldKind.LongText or FieldKind.Url => Text(field, value),
            FieldKind.Integer => value is NumberValue n && decimal.Truncate(n.Number) == n.Number ? value : throw Wrong(field, "a whole number"),
            FieldKind.Number => Number(field, value),
            FieldKind.Boolean => value is BoolValue ? value : throw Wrong(field, "yes or no"),
            FieldKind.Date => value switch { DateValue => value, InstantValue at => Value.Of(DateOnly.FromDateTime(at.At.UtcDateTime)), _ => throw Wrong(field, "a date") },
            FieldKind.Instant => value is InstantValue ? value : throw Wrong(field, "a date with a time"),
            FieldKind.User when field.Multiple => People(work, field, value),
            FieldKind.User => Person(work, field, value),
            FieldKind.Item => await ReferenceAsync(work, field, value, ct),
            FieldKind.Currency => value is TextValue currency && work.Portal.Rates.ContainsKey(currency.Text) ? value : throw Wrong(field, "a known currency"),
            FieldKind.Option => Text(field, value),
            FieldKind.ContactPoints => ContactPoints(item, field, value),
            _ => value,
        };
    }

    private static Value Text(Field field, Value value)
    {
        if (value is not TextValue text) throw Wrong(field, "text");
        if (text.Text.Length > field.MaxLength) throw new RuleBrokenException("field.length", $"The field {field.Code} takes at most {field.MaxLength} characters.", field.Code);
        // PostgreSQL's text has no NUL; refusing it here names the field.
        if (text.Text.Contains('\0')) throw Wrong(field, "text without control characters");
        return value;
    }

    private static Value Number(Field field, Value value)
    {
        var number = value switch { NumberValue n => n.Number, MoneyValue m => m.Amount, _ => throw Wrong(field, "a number") };
        if (field.Code != FieldCodes.Amount) return Value.Of(number);
        if (Math.Abs(number) >= 1_000_000_000_000_000m) throw new RuleBrokenException("field.range", $"The field {field.Code} is too large.", field.Code);
        return Value.Of(Math.Round(number, 2, MidpointRounding.AwayFromZero));
    }

    private static UserValue Person(IUnitOfWork work, Field field, Value value)
    {
        var id = value switch { UserValue u => u.Id, NumberValue n when decimal.Truncate(n.Number) == n.Number && n.Number is > 0 and < long.MaxValue => (long)n.Number, _ => throw Wrong(field, "a person") };
        return work.Portal.People.ContainsKey(id) ? new UserValue(id) : throw new RuleBrokenException("field.reference", $"The field {field.Code} names a person that does not exist.", field.Code);
    }

    private static Value People(IUnitOfWork work, Field field, Value value)
    {
        var people = (value is ListValue list ? list.Items : [value]).Select(one => (Value)Person(work, field, one)).Distinct().ToList();
        return people.Count <= MostPeople ? Value.Of(people) : throw new RuleBrokenException("field.many", $"The field {field.Code} takes at most {MostPeople} people.", field.Code);
    }

    private static async ValueTask<Value> ReferenceAsync(IUnitOfWork work, Field field, Value value, CancellationToken ct)
    {
        var id = value switch { ItemValue i => i.Id, NumberValue n when decimal.Truncate(n.Number) == n.Number && n.Number is >= 0 and < long.MaxValue => (long)n.Number, _ => throw Wrong(field, "an item") };
        if (id == 0) return Value.Null;

        var target = new ItemRef(field.TargetType!.Value, id);
        return await work.FindItemAsync(target, ct) is null
            ? throw new RuleBrokenException("field.reference", $"The field {field.Code} names an item that does not exist.", field.Code)
            : new ItemValue(target.TypeId, id);
    }

    private static Value ContactPoints(Item item, Field field, Value value)
    {
        var points = value is ListValue list ? list.Items : [value];
        var next = item[field.Code] is ListValue old ? old.Items.OfType<ContactPointValue>().Select(p => p.Id).DefaultIfEmpty(0).Max() : 0;
        var kept = new List<Value>();
        foreach (var point in points)
        {
            if (point is TextValue { Text.Length: > 0 } text) kept.Add(new ContactPointValue(++next, "WORK", text.Text));
            else if (point is ContactPointValue { Text.Length: > 0 } full) kept.Add(full.Id > 0 ? full : full with { Id = ++next });
            else if (point is not (TextValue or ContactPointValue)) throw Wrong(field, "a list of contact points");
            if (kept.Count > 0 && ((ContactPointValue)kept[^1]).Text.Length > 255) throw new RuleBrokenException("field.length", $"The field {field.Code} takes at most 255 characters.", field.Code);
        }

        return kept.Count == 0 ? Value.Null : Value.Of(kept);
    }

    private static RuleBrokenException Wrong(Field field, string wanted) => new("field.type", $"The field {field.Code} takes {wanted}.", field.Code);
}
