using System.Text.Json;

namespace AutomationCrm.Application.Import;

/// <summary>What was given to an import: where its files lie and which part of the preset each of them is.</summary>
public sealed record ImportContent(string Folder, IReadOnlyList<ImportedFile> Files)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static ImportContent Parse(string json) => JsonSerializer.Deserialize<ImportContent>(json, Options) ?? throw new JsonException("The import has no files.");

    public string ToJson() => JsonSerializer.Serialize(this, Options);
}

/// <param name="Number">Its name within the folder.</param>
/// <param name="Name">As the person's machine calls it; shown, never used as a path.</param>
public sealed record ImportedFile(int Number, string Name, string Part, long Rows);
