using System.Globalization;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm.Fields;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>What the settings of some kinds can name, for the forms of robots and triggers. Kinds that name nothing of the database are left out.</summary>
public sealed record ListSettingChoices(IReadOnlyList<FieldKind> Kinds) : IRequest<IReadOnlyDictionary<FieldKind, IReadOnlyList<SettingChoice>>>;

/// <param name="Code">What the setting holds.</param>
/// <param name="TypeIds">The item types it is for; null: for all.</param>
public sealed record SettingChoice(string Code, string Name, IReadOnlyList<int>? TypeIds = null)
{
    public bool IsFor(int typeId) => TypeIds?.Contains(typeId) != false;
}

internal sealed class ListSettingChoicesHandler(NamedThings things, IAccess access, Caller caller) : IRequestHandler<ListSettingChoices, IReadOnlyDictionary<FieldKind, IReadOnlyList<SettingChoice>>>
{
    public async Task<IReadOnlyDictionary<FieldKind, IReadOnlyList<SettingChoice>>> Handle(ListSettingChoices request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the configuration of robots");
        var choices = new Dictionary<FieldKind, IReadOnlyList<SettingChoice>>();
        foreach (var kind in request.Kinds.Distinct().Where(NamedThings.Knows)) choices[kind] = await things.OfAsync(kind, cancellationToken);
        return choices;
    }
}

/// <summary>What settings name and the portal's snapshot does not hold.</summary>
internal sealed class NamedThings(CrmDbContext db)
{
    public static bool Knows(FieldKind kind) =>
        kind is FieldKind.DocumentTemplate or FieldKind.TemplateNumber or FieldKind.SmsProvider or FieldKind.ChatChannel or FieldKind.Script or FieldKind.WebForm;

    public async Task<IReadOnlyList<SettingChoice>> OfAsync(FieldKind kind, CancellationToken ct) => kind switch
    {
        FieldKind.DocumentTemplate => await TemplatesAsync(t => t.Code, ct),
        FieldKind.TemplateNumber => await TemplatesAsync(t => Text(t.Id), ct),
        FieldKind.SmsProvider => Named(await db.SmsProviders.AsNoTracking().Select(p => p.Name).ToListAsync(ct)),
        FieldKind.ChatChannel => Named(await db.ChatWebhooks.AsNoTracking().Select(p => p.Name).ToListAsync(ct)),
        FieldKind.Script => await ScriptsAsync(ct),
        FieldKind.WebForm => Sorted((await db.WebForms.AsNoTracking().ToListAsync(ct)).Select(f => new SettingChoice(Text(f.Id), f.Title, [f.TypeId]))),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nothing is named by this kind."),
    };

    private async Task<IReadOnlyList<SettingChoice>> TemplatesAsync(Func<Documents.DocumentTemplate, string> code, CancellationToken ct) =>
        Sorted((await db.DocumentTemplates.AsNoTracking().Where(t => t.IsActive).ToListAsync(ct)).Select(t => new SettingChoice(code(t), $"{t.Name} ({t.Kind.ToUpperInvariant()})", [.. t.TypeIds])));

    private async Task<IReadOnlyList<SettingChoice>> ScriptsAsync(CancellationToken ct)
    {
        var rows = await db.ConfigVersions.AsNoTracking().Where(v => v.Kind == ScriptConfig.ConfigKind).GroupBy(v => v.Key).Select(g => g.OrderByDescending(v => v.Number).First()).ToListAsync(ct);
        return Sorted(from row in rows let parts = row.Key.Split(':') select new SettingChoice(parts[1], ScriptConfig.Parse(row.Content).Name, [int.Parse(parts[0], CultureInfo.InvariantCulture)]));
    }

    private static IReadOnlyList<SettingChoice> Named(IEnumerable<string> names) => Sorted(names.Select(n => new SettingChoice(n, n)));

    private static IReadOnlyList<SettingChoice> Sorted(IEnumerable<SettingChoice> choices) => [.. choices.OrderBy(c => c.Name, StringComparer.CurrentCultureIgnoreCase)];

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
