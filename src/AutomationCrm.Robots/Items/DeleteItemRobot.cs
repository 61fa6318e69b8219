using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Robots;

namespace AutomationCrm.Robots.Items;

/// <summary>Puts the item into the recycle bin. It ends the run (reference 1.6, DeleteDocumentActivity).</summary>
internal sealed class DeleteItemRobot() : Robot<DeleteItemRobot.Settings>("delete_item", RobotKind.State, RobotGroups.Items)
{
    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        await context.Send(new DeleteItem(context.Item.Ref), ct);
        return Outcome.Nothing;
    }

    internal sealed record Settings;
}
