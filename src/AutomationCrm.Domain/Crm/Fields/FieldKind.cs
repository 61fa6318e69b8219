namespace AutomationCrm.Domain.Crm.Fields;

/// <summary>What values a field takes; decides storage, formats, operators and the form control.</summary>
public enum FieldKind
{
    Text,
    LongText,
    Integer,
    Number,
    Boolean,
    Date,
    Instant,
    Money,
    User,
    Item,
    Stage,
    Pipeline,
    Currency,
    Option,
    ContactPoints,
    Url,
}
