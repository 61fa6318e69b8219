namespace AutomationCrm.Domain.Crm.Fields;

/// <summary>Codes of the fields that the code itself speaks about.</summary>
public static class FieldCodes
{
    public const string Id = "ID";
    public const string Title = "TITLE";
    public const string Stage = "STAGE_ID";
    public const string Pipeline = "CATEGORY_ID";
    public const string Semantics = "STAGE_SEMANTIC_ID";
    public const string Responsible = "ASSIGNED_BY_ID";
    public const string Company = "COMPANY_ID";
    public const string Contact = "CONTACT_ID";
    public const string Amount = "OPPORTUNITY";
    public const string Currency = "CURRENCY_ID";
    public const string AmountBase = "OPPORTUNITY_BASE";
    public const string BeginDate = "BEGINDATE";
    public const string CloseDate = "CLOSEDATE";
    public const string Opened = "OPENED";
    public const string Closed = "CLOSED";
    public const string Observers = "OBSERVERS";
    public const string Comments = "COMMENTS";
    public const string CreatedAt = "DATE_CREATE";
    public const string UpdatedAt = "DATE_MODIFY";
    public const string MovedAt = "MOVED_TIME";
    public const string CreatedBy = "CREATED_BY_ID";
    public const string UpdatedBy = "MODIFY_BY_ID";
    public const string MovedBy = "MOVED_BY_ID";
    public const string Name = "NAME";
    public const string LastName = "LAST_NAME";
    public const string Phone = "PHONE";
    public const string Email = "EMAIL";
    public const string Web = "WEB";
    public const string Messenger = "IM";
    public const string OriginatorId = "ORIGINATOR_ID";
    public const string OriginId = "ORIGIN_ID";
    public const string Product = "UF_CRM_PRODUCT";
    public const string YearEstablished = "UF_CRM_YEAR_ESTABLISHED";
}
