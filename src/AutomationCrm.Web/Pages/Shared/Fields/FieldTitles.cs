using AutomationCrm.Domain.Crm.Fields;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Shared.Fields;

/// <summary>What people call fields, options and operators.</summary>
public sealed class FieldTitles(IStringLocalizer<Resources.Fields> fields)
{
    public string Of(Field field) => field.Title ?? fields[field.Code];

    public string Option(Field field, string option)
    {
        var text = fields[$"{field.Code}.{option}"];
        return text.ResourceNotFound ? option : text;
    }

    public string Operator(string code) => fields[$"op.{code}"];
}
