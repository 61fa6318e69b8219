using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots;

/// <summary>Changes who watches an item.</summary>
internal static class ObserverChange
{
    public const string Observers = "Observers";

    public static async Task<Outcome> RunAsync(RobotContext context, Func<IEnumerable<long>, IEnumerable<long>> change, CancellationToken ct)
    {
        List<long> before = context.Item[FieldCodes.Observers] is ListValue list ? [.. list.Items.OfType<UserValue>().Select(u => u.Id)] : [];
        var after = change(before).Distinct().ToList();
        if (after.SequenceEqual(before)) return new Outcome.Skipped("observers.same", "They watch it already, or do not watch it anyway.");

        var value = Value.Of(after.Select(id => (Value)new UserValue(id)));
        await context.Send(new UpdateItem(context.Item.Ref, new Dictionary<string, Value> { [FieldCodes.Observers] = value }), ct);
        return RobotResult.Done((Observers, value));
    }
}
