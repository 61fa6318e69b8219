using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Common.Security;

public enum ItemAction
{
    Read,
    Add,
    Update,
    Delete,
}

/// <summary>Which items of a type somebody may touch; becomes an SQL predicate for lists and the same rule in memory (contract C5).</summary>
/// <param name="OwnerId">When set: only items that are open to everyone, or that this person is responsible for or made.</param>
public sealed record ItemScope(bool Nothing, long? OwnerId, bool OpenToo)
{
    public static ItemScope All { get; } = new(false, null, true);

    /// <summary>Whether those who watch an item are let in too.</summary>
    public bool WatchedToo { get; init; }

    public bool Covers(Item item) =>
        !Nothing && (OwnerId is not { } owner
            || item.ResponsibleId == owner
            || item.User(FieldCodes.CreatedBy) == owner
            || (OpenToo && item[FieldCodes.Opened] is not BoolValue { Flag: false })
            || (WatchedToo && item[FieldCodes.Observers] is ListValue watching && watching.Items.Contains(new UserValue(owner))));
}

/// <summary>The one place that says what somebody may do. Asked before any write.</summary>
public interface IAccess
{
    ItemScope Scope(Caller caller, int typeId, ItemAction action);

    /// <summary>Throws when the caller may not; an item he may not even read is "not found", so that its existence is not told.</summary>
    void Require(Caller caller, ItemAction action, Item item);

    /// <summary>Throws unless the caller is an administrator or the system.</summary>
    void RequireAdministrator(Caller caller, string action);
}

/// <summary>The first rules: administrators everything; members what is open to everyone or their own, reading also what they watch, deleting only their own.</summary>
internal sealed class Access : IAccess
{
    public ItemScope Scope(Caller caller, int typeId, ItemAction action) =>
        caller.IsAdmin || caller.IsSystem ? ItemScope.All : new(false, caller.PersonId, OpenToo: action != ItemAction.Delete) { WatchedToo = action == ItemAction.Read };

    public void Require(Caller caller, ItemAction action, Item item)
    {
        if (action != ItemAction.Add && !Scope(caller, item.Ref.TypeId, ItemAction.Read).Covers(item)) throw NotFoundException.Of(item.Ref);
        if (action != ItemAction.Add && !Scope(caller, item.Ref.TypeId, action).Covers(item)) throw new AccessDeniedException($"{Verb(action)} this item");
    }

    public void RequireAdministrator(Caller caller, string action)
    {
        if (!caller.IsAdmin && !caller.IsSystem) throw new AccessDeniedException(action);
    }

    private static string Verb(ItemAction action) => action switch
    {
        ItemAction.Delete => "delete",
        ItemAction.Update => "change",
        ItemAction.Add => "add",
        _ => "read",
    };
}
