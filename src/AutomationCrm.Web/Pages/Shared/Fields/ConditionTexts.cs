using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Shared.Fields;

/// <summary>Conditions in plain words of the reader's language: titles of fields, names of stages and people.</summary>
public sealed class ConditionTexts(FieldTitles titles, FieldFormat format, IPortal portal, IStringLocalizer<Texts> texts)
{
    /// <summary>"Amount is greater than 1000 and (Stage is New or Company: Name is filled in)".</summary>
    /// <param name="robots">Names of the robots whose results it may ask, by key.</param>
    public string Sentence(Condition condition, ItemType type, IReadOnlyDictionary<string, string>? robots = null) => ConditionSentence.Of(condition, new Words(titles, format, portal.Current, type, robots));

    /// <summary>As stored; null when there is none or it cannot be read.</summary>
    public string? Sentence(JsonElement? condition, ItemType type, IReadOnlyDictionary<string, string>? robots = null) =>
        condition is { } json && ConditionJson.Read(json).Condition is { } read and not AllCondition { Parts.IsEmpty: true } ? Sentence(read, type, robots) : null;

    /// <summary>One row in words, and what it saw; null before it was evaluated.</summary>
    public (string Sentence, string? Seen) Row(ConditionView row, ItemType type)
    {
        if (row.Row is not { } configured) return ("", null);

        var sentence = Sentence(configured, type);
        if (row.Left is null) return (sentence, null);

        var field = FieldOf(configured.Path, type);
        var seen = Shown(field, row.Left, type);
        var other = configured.Code == OperatorCodes.Changed || configured.Value is { Constant: null } ? row.Right : null;
        if (other is null) return (sentence, texts["run.saw", seen]);
        return (sentence, texts[configured.Code == OperatorCodes.Changed ? "run.saw_before" : "run.saw_both", seen, Shown(field, other, type)]);
    }

    private string Shown(Field? field, string json, ItemType type) => format.ShowJson(field, json, type.Id) is { Length: > 0 } text ? text : texts["timeline.empty_value"];

    private Field? FieldOf(string path, ItemType type) => FieldOf(path, type, portal.Current);

    private static Field? FieldOf(string path, ItemType type, PortalSnapshot portal) =>
        path.StartsWith(FieldPath.Document, StringComparison.Ordinal) ? FieldPath.Find(type, path[FieldPath.Document.Length..], portal.Type)?.Field : null;

    private sealed class Words(FieldTitles titles, FieldFormat format, PortalSnapshot portal, ItemType type, IReadOnlyDictionary<string, string>? robots) : ISentenceWords
    {
        public string Text(string key) => ExpressionTexts.Get(key, CultureInfo.CurrentUICulture);

        public string Field(string path)
        {
            if (FieldOf(path, type, portal) is { } field)
            {
                var links = path[FieldPath.Document.Length..].Split('.')[..^1];
                return string.Join(": ", Links(links).Append(titles.Of(field)));
            }

            var colon = path.IndexOf(':', StringComparison.Ordinal);
            return colon > 0 && robots?.TryGetValue(path[..colon], out var robot) == true ? $"{robot}: {path[(colon + 1)..]}" : path;
        }

        public string Value(string path, Value value)
        {
            if (FieldOf(path, type, portal) is not { } field) return format.Show(null, value, type.Id);
            try
            {
                return format.Show(field, FieldText.Invariant.Convert(field, value), type.Id);
            }
            catch (RuleBrokenException)
            {
                // Not of the field's kind, for example a part of a text: as it was written.
                return format.Show(null, value, type.Id);
            }
        }

        private IEnumerable<string> Links(string[] links)
        {
            var owner = type;
            foreach (var link in links)
            {
                if (FieldPath.Link(owner, link) is not { } field) yield break;
                yield return titles.Of(field);
                if (portal.Type(field.TargetType ?? 0) is not { } next) yield break;
                owner = next;
            }
        }
    }
}
