using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Employee;

/// <summary>Writes a comment into the item's timeline.</summary>
internal sealed class AddCommentRobot() : Robot<AddCommentRobot.Settings>("add_comment", RobotKind.State, RobotGroups.Employee)
{
    public const string CommentId = "CommentId";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(CommentId, FieldKind.Integer)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var id = await context.Send(new AddComment(context.Item.Ref, settings.Text), ct);
        return RobotResult.Done((CommentId, Value.Of((decimal)id)));
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.LongText, Required = true, MaxLength = Comment.TextMaxLength)]
        public string Text { get; init; } = "";
    }
}
