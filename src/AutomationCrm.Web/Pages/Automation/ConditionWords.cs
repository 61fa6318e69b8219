using System.Globalization;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>The words in which a condition is told: titles of fields, names of people, stages, options and earlier robots.</summary>
public sealed class ConditionWords(IPortal portal, FieldTitles titles, FieldFormat format, IStringLocalizer<Texts> localizer)
{
    private const string Document = "Document:";

    private readonly FieldFormat values = format;
    private readonly IStringLocalizer<Texts> texts = localizer;

    public ISentenceWords For(int typeId, IReadOnlyList<RobotConfig> robots) => new Words(this, typeId, robots);

    /// <summary>The field at the end of a path, also through links such as COMPANY.TITLE; null when it is none of an item.</summary>
    public Field? FieldOf(string path, int typeId) => Walk(path, typeId) is [.., var last] ? last : null;

    /// <summary>"Amount", or "Company: Title" through a link; null when it is none of an item.</summary>
    public string? TitleOf(string path, int typeId) => Walk(path, typeId) is { Count: > 0 } steps ? string.Join(": ", steps.Select(titles.Of)) : null;

    private List<Field>? Walk(string path, int typeId)
    {
        if (!path.StartsWith(Document, StringComparison.OrdinalIgnoreCase)) return null;

        var (type, steps) = (portal.Current.Type(typeId), new List<Field>());
        foreach (var name in path[Document.Length..].Split('.'))
        {
            if ((type?.Fields.FindByAnyName(name) ?? type?.Fields.FindByAnyName(name + "_ID")) is not { } field) return null;
            steps.Add(field);
            type = field.TargetType is { } target ? portal.Current.Type(target) : null;
        }

        return steps;
    }

    private sealed class Words(ConditionWords words, int typeId, IReadOnlyList<RobotConfig> robots) : ISentenceWords
    {
        public string Text(string key) => ExpressionTexts.Get(key, CultureInfo.CurrentUICulture);

        public string Field(string path)
        {
            if (words.TitleOf(path, typeId) is { } title) return title;

            var colon = path.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && robots.FirstOrDefault(r => r.Key == path[..colon]) is { } robot) return words.texts["automation.result_of", path[(colon + 1)..], robot.Name];
            return path;
        }

        public string Value(string path, Value value)
        {
            var field = words.FieldOf(path, typeId);
            if (value is TextValue text && field?.Kind == FieldKind.User && ValueReader.TryUser(text.Text) is { } id) value = new UserValue(id);
            if (value is TextValue flag && field?.Kind == FieldKind.Boolean && flag.Text is "Y" or "N") value = Expressions.Values.Value.Of(flag.Text == "Y");
            if (value is TextValue amount && field?.Kind is FieldKind.Number or FieldKind.Integer or FieldKind.Money && decimal.TryParse(amount.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)) value = Expressions.Values.Value.Of(number);
            if (value is TextValue day && field?.Kind is FieldKind.Date or FieldKind.Instant && DateOnly.TryParseExact(day.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) value = new DateValue(date);
            return words.values.Show(field, value, typeId);
        }
    }
}
