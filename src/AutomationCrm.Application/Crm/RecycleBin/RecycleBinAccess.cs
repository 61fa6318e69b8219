using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Crm.RecycleBin;

/// <summary>Who deleted an item, who could have deleted it and administrators find it in the recycle bin.</summary>
internal static class RecycleBinAccess
{
    public static void Require(IAccess access, Caller caller, RecycledItem recycled, Item item)
    {
        if (recycled.DeletedBy != caller.PersonId || caller.IsSystem) access.Require(caller, ItemAction.Delete, item);
    }
}
