using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Items;

/// <summary>Sets fields of the item.</summary>
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
            values[field.Code] = FieldText.Invariant.Convert(field, value);
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

    private static bool Same(Value left, Value right) => left == right || (left.IsEmpty && right.IsEmpty);

    internal sealed record Settings
    {
        [Setting(FieldKind.FieldValues, Required = true)]
        public IReadOnlyDictionary<string, Value> Fields { get; init; } = new Dictionary<string, Value>();
    }
}
