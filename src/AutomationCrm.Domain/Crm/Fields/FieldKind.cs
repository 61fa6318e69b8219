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

    /// <summary>Settings only: values by field code.</summary>
    FieldValues,

    /// <summary>Settings only: a condition in the form of ConditionJson.</summary>
    Condition,

    /// <summary>Settings only: texts by name, for example HTTP headers.</summary>
    Texts,

    /// <summary>Settings only: an ISO 8601 duration such as PT10M.</summary>
    Duration,

    /// <summary>Settings only: the id of an item type. As <c>itemType</c> it says whose fields and stages the other settings mean.</summary>
    ItemType,

    /// <summary>Settings only: a stage of any pipeline.</summary>
    AnyStage,

    /// <summary>Settings only: codes of fields.</summary>
    FieldCodes,

    /// <summary>Settings only: the code of a global variable.</summary>
    GlobalValue,

    /// <summary>Settings only: the code of a document template.</summary>
    DocumentTemplate,

    /// <summary>Settings only: the number of a document template.</summary>
    TemplateNumber,

    /// <summary>Settings only: the name of an SMS provider; empty is the default one.</summary>
    SmsProvider,

    /// <summary>Settings only: the name of a chat that takes messages at an address.</summary>
    ChatChannel,

    /// <summary>Settings only: the number of a script for items of the setting <c>itemType</c>.</summary>
    Script,

    /// <summary>Settings only: the number of a public form.</summary>
    WebForm,

    /// <summary>Settings only: TASK or the code of an item type.</summary>
    LinkedKind,

    /// <summary>Settings only: the number of a task, mostly a result of a robot before it.</summary>
    TaskNumber,

    /// <summary>Settings only: the number of a document, mostly a result of a robot before it.</summary>
    DocumentNumber,

    /// <summary>Settings only: a mail that was sent, mostly a result of a robot before it.</summary>
    MailNumber,

    /// <summary>Settings only: a day or a moment, mostly a date of the item.</summary>
    DateSource,

    /// <summary>Settings only: stages of another pipeline by stages of the item's own ones.</summary>
    StageMap,
}
