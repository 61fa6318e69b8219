using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Portal;

/// <summary>Item types by id, also before any configuration was read.</summary>
public interface ITypeSource
{
    ItemType? Find(int typeId);
}

internal sealed class BuiltInTypeSource : ITypeSource
{
    public ItemType? Find(int typeId) => ItemType.BuiltIn.FirstOrDefault(t => t.Id == typeId);
}
