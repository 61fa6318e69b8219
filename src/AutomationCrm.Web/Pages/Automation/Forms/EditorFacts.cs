using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Editing;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Forms;

/// <summary>What the scripts of the robot's form know: fields by group with their choices, operators by kind, all words.</summary>
public sealed class EditorFacts(FieldTitles titles, IPortal portal, IStringLocalizer<Texts> texts)
{
    private static readonly string[] Words = ["all", "any", "not", "add_row", "add_group", "remove", "field", "op", "value", "from", "to", "low", "high", "formula", "choice", "none", "lead", "empty"];

    private static readonly Dictionary<string, string[]> Operators = new(StringComparer.Ordinal)
    {
        ["text"] = [OperatorCodes.Equal, OperatorCodes.NotEqual, OperatorCodes.Contains, OperatorCodes.NotContains, OperatorCodes.StartsWith, OperatorCodes.In, OperatorCodes.NotIn, OperatorCodes.Filled, OperatorCodes.Empty, OperatorCodes.Changed],
        ["number"] = [OperatorCodes.Equal, OperatorCodes.NotEqual, OperatorCodes.Greater, OperatorCodes.GreaterOrEqual, OperatorCodes.Less, OperatorCodes.LessOrEqual, OperatorCodes.Between, OperatorCodes.Filled, OperatorCodes.Empty, OperatorCodes.Changed],
        ["choice"] = [OperatorCodes.Equal, OperatorCodes.NotEqual, OperatorCodes.In, OperatorCodes.NotIn, OperatorCodes.Filled, OperatorCodes.Empty, OperatorCodes.Changed],
    };

    /// <summary>As JSON for a block that scripts read; the serializer escapes angle brackets.</summary>
    public string Json(TextScope scope, int typeId)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return JsonSerializer.Serialize(new
        {
            fields = scope.Paths.Select(p => new { path = Short(p), title = Title(p), group = Group(p), kind = Kind(p.Field), choices = Choices(p.Field, TypeOf(p, typeId)), own = p is { Kind: CompletionKind.Field, Steps.Count: 1 } }),
            operators = Operators,
            titles = OperatorCodes.All.ToDictionary(code => code, titles.Operator),
            words = Words.ToDictionary(word => word, word => texts[$"condition.{word}"].Value),
        }, JsonSerializerOptions.Web);
    }

    public IEnumerable<KnownPath> Known(TextScope scope) => scope.Paths.Select(p => new KnownPath(p.Path, Title(p), p.Kind));

    /// <summary>What a setting can name by a placeholder: tasks and documents of robots before it, dates of the item.</summary>
    public IReadOnlyList<SettingChoice> Choices(TextScope scope, FieldKind kind)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var paths = kind switch
        {
            FieldKind.TaskNumber => Results(scope, ":TaskId"),
            FieldKind.DocumentNumber => Results(scope, ":DocumentId"),
            FieldKind.MailNumber => Results(scope, ":MailId"),
            FieldKind.DateSource => scope.Paths.Where(p => p is { Kind: CompletionKind.Field, Steps.Count: 1, Field.Kind: FieldKind.Date or FieldKind.Instant }),
            _ => [],
        };
        return [.. paths.Select(p => new SettingChoice($"{{={p.Path}}}", p.Kind == CompletionKind.Result ? p.Owner ?? p.Path : Title(p)))];
    }

    private static IEnumerable<ScopePath> Results(TextScope scope, string result) =>
        scope.Paths.Where(p => p.Kind == CompletionKind.Result && p.Path.EndsWith(result, StringComparison.Ordinal));

    private string Title(ScopePath path)
    {
        var name = path.Steps.Count > 0 ? string.Join(": ", path.Steps.Select(titles.Of)) : path.Path[(path.Path.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return path.Kind switch
        {
            CompletionKind.Result => $"{path.Owner}: {path.Path[(path.Path.IndexOf(':', StringComparison.Ordinal) + 1)..]}",
            CompletionKind.Variable when path.Owner is { Length: > 0 } owner => owner,
            _ => name,
        };
    }

    private string Group(ScopePath path) => path.Kind switch
    {
        CompletionKind.Result => texts["condition.group_results"],
        CompletionKind.Variable => texts["condition.group_values"],
        _ when path.Steps.Count > 1 => titles.Of(path.Steps[0]),
        _ => texts["condition.group_item"],
    };

    // A field of the item itself is written by its bare code.
    private static string Short(ScopePath path) => path is { Kind: CompletionKind.Field, Steps: [var own] } ? own.Code : path.Path;

    private static int TypeOf(ScopePath path, int typeId) => path.Steps is [{ TargetType: { } target }, _] ? target : typeId;

    private static string Kind(Field? field) => field?.Kind switch
    {
        FieldKind.Integer or FieldKind.Number or FieldKind.Money => "number",
        FieldKind.Date => "date",
        FieldKind.Instant => "date",
        FieldKind.User or FieldKind.Option or FieldKind.Stage or FieldKind.Pipeline or FieldKind.Currency or FieldKind.Boolean => "choice",
        _ => "text",
    };

    private IEnumerable<Choice>? Choices(Field? field, int typeId) => field?.Kind switch
    {
        FieldKind.User => portal.Current.People.Values.Where(p => p.IsActive).OrderBy(p => p.FullName, StringComparer.CurrentCulture).Select(p => new Choice(string.Create(CultureInfo.InvariantCulture, $"user_{p.Id}"), p.FullName)),
        FieldKind.Option => field.Options.Select(o => new Choice(o, titles.Option(field, o))),
        FieldKind.Boolean => [new("Y", texts["value.yes"]), new("N", texts["value.no"])],
        FieldKind.Currency => portal.Current.Rates.Keys.Order(StringComparer.Ordinal).Select(c => new Choice(c, c)),
        FieldKind.Pipeline => portal.Current.Pipelines.Where(p => p.TypeId == typeId).Select(p => new Choice(p.Id.ToString(CultureInfo.InvariantCulture), p.Name)),
        FieldKind.Stage => portal.Current.Pipelines.Where(p => p.TypeId == typeId).SelectMany(p => p.Stages.Select(s => new Choice(s.Id, portal.Current.Pipelines.Count(o => o.TypeId == typeId) > 1 ? $"{p.Name}: {s.Name}" : s.Name))),
        _ => null,
    };
}
