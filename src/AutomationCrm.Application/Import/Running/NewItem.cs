using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Import.Running;

/// <summary>What all imported items have in common.</summary>
internal static class NewItem
{
    public static Item Of(ItemType type, long id, string title, string originator, string origin, ImportChunk chunk)
    {
        var item = Item.New(type, id);
        item.Set(FieldCodes.Title, Value.Of(title));
        item.Set(FieldCodes.Opened, Value.True);
        item.Set(FieldCodes.OriginatorId, Value.Of(originator));
        item.Set(FieldCodes.OriginId, Value.Of(origin));
        item.Set(FieldCodes.CreatedBy, new UserValue(chunk.AuthorId));
        return item;
    }
}
