using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Items;

/// <summary>Sets fields of the item, or appends to those that hold several values or a long text.</summary>
internal sealed class ChangeFieldsRobot() : Robot<ChangeFieldsRobot.Settings>("change_fields", RobotKind.State, RobotGroups.Items)
{
    public const string ChangedFields = "ChangedFields";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(ChangedFields, FieldKind.Text) with { Multiple = true }];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var item = context.Item;
        var values = new Dictionary<string, Value>(settings.Fields.Count);
        foreach (var (name, value) in settings.Fields)
        {
            var field = Find(item, name);
            var converted = FieldText.Invariant.Convert(field, value);
            values[field.Code] = settings.Append ? Append(field, item[field.Code], converted) : converted;
        }

        var before = values.Keys.ToDictionary(code => code, code => item[code]);
        await context.Send(new UpdateItem(item.Ref, values), ct);
        var changed = before.Where(b => !Same(item[b.Key], b.Value)).Select(b => Value.Of(b.Key)).ToList();
        return changed.Count > 0
            ? RobotResult.Done((ChangedFields, Value.Of(changed)))
            : new Outcome.Skipped("fields.same", "The fields have these values already.");
    }

    private static Field Find(Item item, string name)
    {
        var field = item.Type.Fields.FindByAnyName(name) ?? throw new RuleBrokenException("field.unknown", $"There is no field {name}.", name);
        return field.Kind is FieldKind.Stage or FieldKind.Pipeline
            ? throw new RuleBrokenException("field.stage", "The stage is changed by the robot \"Change stage\".", field.Code)
            : field;
    }

    // Texts go on in a new line, lists take what they do not have yet; a field with one value is replaced as ever.
    private static Value Append(Field field, Value before, Value more) => (before, more) switch
    {
        (_, { IsEmpty: true }) => before,
        ({ IsEmpty: true }, _) => more,
        (ListValue left, ListValue right) => Value.Of([.. left.Items, .. right.Items.Where(r => !left.Items.Any(l => SameText(l, r)))]),
        (TextValue left, TextValue right) when field.Kind == FieldKind.LongText => Value.Of($"{left.Text}\n{right.Text}"),
        _ => more,
    };

    private static bool SameText(Value left, Value right) =>
        left == right || (left is ContactPointValue point && right is TextValue text && point.Text.Equals(text.Text, StringComparison.OrdinalIgnoreCase));

    private static bool Same(Value left, Value right) => left == right || (left.IsEmpty && right.IsEmpty);

    internal sealed record Settings
    {
        [Setting(FieldKind.FieldValues, Required = true)]
        public IReadOnlyDictionary<string, Value> Fields { get; init; } = new Dictionary<string, Value>();

        /// <summary>Adds to fields with several values and to long texts instead of replacing them.</summary>
        [Setting(FieldKind.Boolean)]
        public bool Append { get; init; }
    }
}
