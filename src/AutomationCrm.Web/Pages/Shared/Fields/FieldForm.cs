using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Shared.Fields;

/// <summary>Forms of items by their fields: filled from an item, read back from a post in the person's culture and time zone.</summary>
public sealed partial class FieldForm(FieldTitles titles, IPortal portal, IUserPreferences preferences, Refusals refusals, IStringLocalizer<Texts> texts)
{
    private const int SparePoints = 1;

    /// <summary>The fields of the form, long texts last.</summary>
    public static IReadOnlyList<Field> FieldsOf(ItemType type) =>
        [.. type.Fields.All.Where(f => f is { OnForm: true, ReadOnly: false }).OrderBy(f => f.Kind == FieldKind.LongText)];

    /// <summary>The form as the item says; <paramref name="known"/> are titles of the items it refers to.</summary>
    public IReadOnlyList<FieldInput> Fill(ItemType type, Func<string, Value> valueOf, IReadOnlyDictionary<ItemRef, string> known) =>
        [.. FieldsOf(type).Select(field => (Field: field, Value: valueOf(field.Code))).Select(f => Make(f.Field, Text(f.Field, f.Value, known), Points(f.Value))).Select(input => input with { Original = input.Text })];

    /// <summary>The form as it was posted, with what is wrong with it by field code.</summary>
    public IReadOnlyList<FieldInput> Posted(ItemType type, IFormCollection form, IReadOnlyDictionary<string, string> errors) =>
    [
        .. FieldsOf(type).Select(field => Make(field, Posted(field, form), PostedPoints(field, form)) with
        {
            Original = Lines(form[FieldInput.OriginalOf(field)].ToString()),
            Error = errors.GetValueOrDefault(field.Code),
        }),
    ];

    /// <summary>The values of the fields that somebody changed, and what could not be read by field code.</summary>
    public (Dictionary<string, Value> Values, Dictionary<string, string> Errors) Read(ItemType type, IFormCollection form)
    {
        var (values, errors) = (new Dictionary<string, Value>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var field in FieldsOf(type))
        {
            if (field.Kind != FieldKind.ContactPoints && !form.ContainsKey(FieldInput.NameOf(field))) continue;
            var text = Posted(field, form);
            if (text == Lines(form[FieldInput.OriginalOf(field)].ToString())) continue;

            try
            {
                values[field.Code] = Read(field, text, form);
            }
            catch (RuleBrokenException refused)
            {
                errors[field.Code] = Say(refused, type);
            }
        }

        return (values, errors);
    }

    /// <summary>A refusal in the person's language, naming the field by its title.</summary>
    public string Say(RuleBrokenException refused, ItemType type)
    {
        var field = refused.Field is { } code ? type.Fields.FindByAnyName(code) : null;
        var rule = refused.Code.Replace('.', '_');
        var text = texts[$"rule.{rule}", field is null ? refused.Field ?? "" : titles.Of(field), field?.MaxLength ?? 0];
        return text.ResourceNotFound ? refusals.Say(refused) : text.Value;
    }

    /// <summary>With the mark of a required field at the given ones.</summary>
    public IReadOnlyList<FieldInput> Marked(IReadOnlyList<FieldInput> inputs, IReadOnlyCollection<string> required) =>
        required.Count == 0 ? inputs : [.. inputs.Select(input => required.Contains(input.Field.Code) ? input with { Needed = true } : input)];

    /// <summary>Says a refusal at every field it names.</summary>
    public void Mark(RuleBrokenException refused, ItemType type, Dictionary<string, string> errors)
    {
        foreach (var code in refused.Fields) errors[code] = Say(new RuleBrokenException(refused.Code, refused.Message, code), type);
    }

    private Value Read(Field field, string text, IFormCollection form)
    {
        if (field.Kind == FieldKind.ContactPoints) return PostedPoints(field, form) is { Count: > 0 } points ? Value.Of(points) : Value.Null;
        if (string.IsNullOrWhiteSpace(text)) return Value.Null;
        if (field is { Multiple: true, Kind: FieldKind.User })
            return Value.Of(Ids(text).Select(id => FieldText.Invariant.Read(field with { Multiple = false }, id)));
        if (field.Kind != FieldKind.Item)
        {
            var typed = field.Kind switch { FieldKind.Text or FieldKind.LongText => text, FieldKind.Number or FieldKind.Integer or FieldKind.Money => Ungrouped(text.Trim()), _ => text.Trim() };
            return new FieldText(preferences.Culture, preferences.TimeZone).Read(field, typed);
        }

        return Number().Match(text) is { Success: true } match && long.TryParse(match.Groups["id"].Value, CultureInfo.InvariantCulture, out var id)
            ? new ItemValue(field.TargetType ?? 0, id)
            : throw new RuleBrokenException("field.item", "Choose an item from the list or type its number.", field.Code);
    }

    /// <summary>Without the separators of thousands, where they stand before three digits each: "1,5" is no fifteen.</summary>
    private string Ungrouped(string text)
    {
        var separators = new HashSet<char> { ' ', '\u00a0', '\u202f' };
        if (preferences.Culture.NumberFormat.NumberGroupSeparator is [var group]) separators.Add(group);
        var parts = text.Split(preferences.Culture.NumberFormat.NumberDecimalSeparator, 2);
        var groups = parts[0].TrimStart('-').Split([.. separators]);
        if (groups.Length < 2 || groups[0].Length is 0 or > 3 || groups.Skip(1).Any(g => g.Length != 3 || !g.All(char.IsAsciiDigit))) return text;

        return string.Concat(text.StartsWith('-') ? "-" : "", string.Concat(groups), parts.Length > 1 ? preferences.Culture.NumberFormat.NumberDecimalSeparator + parts[1] : "");
    }

    private FieldInput Make(Field field, string text, IReadOnlyList<ContactPointValue> points) => new(field, titles.Of(field), text)
    {
        Points = field.Kind == FieldKind.ContactPoints ? [.. points, .. Enumerable.Repeat(new ContactPointValue(0, "WORK", ""), SparePoints)] : [],
        Choices = Choices(field, text),
    };

    private IReadOnlyList<Choice> Choices(Field field, string chosen) => field.Kind switch
    {
        FieldKind.User =>
        [
            .. portal.Current.People.Values.Where(p => p.IsActive || Ids(chosen).Contains(Id(p.Id))).OrderBy(p => p.FullName, StringComparer.CurrentCulture).Select(p => new Choice(Id(p.Id), p.FullName)),
        ],
        FieldKind.Currency => [.. portal.Current.Rates.Keys.Order(StringComparer.Ordinal).Select(code => new Choice(code, code))],
        FieldKind.Option => [.. field.Options.Select(option => new Choice(option, titles.Option(field, option)))],
        FieldKind.Boolean => [new("Y", texts["value.yes"]), new("N", texts["value.no"])],
        _ => [],
    };

    private string Text(Field field, Value value, IReadOnlyDictionary<ItemRef, string> known) => value switch
    {
        NumberValue number => number.Number.ToString(field.Code == FieldCodes.Amount && number.Number != decimal.Truncate(number.Number) ? "0.00" : "0.######", preferences.Culture),
        BoolValue flag => flag.Flag ? "Y" : "N",
        DateValue date => date.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        InstantValue at => Zones.ToLocal(at.At, preferences.TimeZone).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        UserValue user => Id(user.Id),
        ListValue people when field.Kind == FieldKind.User => string.Join(',', people.Items.OfType<UserValue>().Select(u => Id(u.Id))),
        ItemValue item => PickText(item.Id, known.GetValueOrDefault(new(item.TypeId, item.Id))),
        _ when field.Kind == FieldKind.ContactPoints => Signature(Points(value)),
        TextValue text => Lines(text.Text),
        _ => "",
    };

    /// <summary>How an item stands in its field: "#12 Title".</summary>
    public static string PickText(long id, string? title) => string.Create(CultureInfo.InvariantCulture, $"#{id} {title}").TrimEnd();

    private static string Posted(Field field, IFormCollection form) =>
        field.Kind == FieldKind.ContactPoints ? Signature(PostedPoints(field, form))
        : field is { Multiple: true, Kind: FieldKind.User } ? string.Join(',', Ids(form[FieldInput.NameOf(field)].ToString()))
        : Lines(form[FieldInput.NameOf(field)].ToString());

    private static List<ContactPointValue> PostedPoints(Field field, IFormCollection form)
    {
        var name = FieldInput.NameOf(field);
        var (points, types, ids) = (form[name], form[name + ".type"], form[name + ".id"]);
        var read = new List<ContactPointValue>();
        for (var i = 0; i < points.Count && i < 50; i++)
        {
            if (string.IsNullOrWhiteSpace(points[i])) continue;
            _ = long.TryParse(ids.ElementAtOrDefault(i), CultureInfo.InvariantCulture, out var id);
            read.Add(new(id, types.ElementAtOrDefault(i) is { Length: > 0 and < 30 } type ? type : "WORK", points[i]!.Trim()));
        }

        return read;
    }

    private static ImmutableArray<ContactPointValue> Points(Value value) => value is ListValue list ? [.. list.Items.OfType<ContactPointValue>()] : [];

    private static string Signature(IEnumerable<ContactPointValue> points) => string.Join('\n', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Id}|{p.Type}|{p.Text}")));

    // Several choices come as one text; the empty one that says "nobody" is none of them.
    private static string[] Ids(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    [GeneratedRegex(@"^\s*#?(?<id>\d{1,18})(\s|$)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Number();
}
