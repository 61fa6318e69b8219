using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Editing;

/// <summary>Document templates that robots name and that are gone or switched off.</summary>
internal sealed class TemplateInspector(CrmDbContext db, RobotCatalogue robots) : IAutomationInspector
{
    public async Task<IReadOnlyList<InspectorFinding>> InspectAsync(int typeId, StageAutomationConfig config, CancellationToken ct)
    {
        var named = config.Robots.SelectMany(Named).ToList();
        if (named.Count == 0) return [];

        var codes = named.Select(n => n.Code).Distinct().ToArray();
        var known = await db.DocumentTemplates.AsNoTracking().Where(t => codes.Contains(t.Code) && t.IsActive).Select(t => t.Code).ToListAsync(ct);
        return [.. named.Where(n => !known.Contains(n.Code)).Select(n => new InspectorFinding(n.Key, n.Setting, true, "template.unknown", $"There is no document template {n.Code}."))];
    }

    private IEnumerable<(string Key, string Setting, string Code)> Named(RobotConfig robot)
    {
        foreach (var field in robots.Find(robot.Type)?.Descriptor.Settings.Where(f => f.Kind == FieldKind.DocumentTemplate) ?? [])
            if (robot.Settings.ValueKind == JsonValueKind.Object && robot.Settings.TryGetProperty(field.Code, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } code && !code.Contains('{'))
                yield return (robot.Key, field.Code, code);
    }
}
