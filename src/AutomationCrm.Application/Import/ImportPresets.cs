using AutomationCrm.Application.Import.Sales;
using AutomationCrm.Domain.Common;

namespace AutomationCrm.Application.Import;

/// <summary>The presets that ship with the product.</summary>
public static class ImportPresets
{
    public static IReadOnlyList<ImportPreset> All { get; } = [new SalesPreset()];

    public static ImportPreset Get(string code) =>
        All.FirstOrDefault(p => string.Equals(p.Code, code, StringComparison.OrdinalIgnoreCase))
        ?? throw new RuleBrokenException("import.preset", $"There is no import preset \"{Csv.ShownText.Of(code, 50)}\". Known: {string.Join(", ", All.Select(p => p.Code))}.", "preset");
}
