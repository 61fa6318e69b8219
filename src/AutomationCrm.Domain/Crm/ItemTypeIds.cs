namespace AutomationCrm.Domain.Crm;

/// <summary>Bitrix24's entity type ids of the built-in item types.</summary>
public static class ItemTypeIds
{
    public const int Lead = 1;
    public const int Deal = 2;
    public const int Contact = 3;
    public const int Company = 4;
    public const int Quote = 7;
    public const int Invoice = 31;
}
