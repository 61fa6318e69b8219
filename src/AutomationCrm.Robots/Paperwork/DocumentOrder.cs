using System.Text.Json;
using AutomationCrm.Application.Common.Calls;

namespace AutomationCrm.Robots.Paperwork;

/// <summary>A document to be made, as it lies in the outbox.</summary>
internal sealed record DocumentOrder(int TypeId, long ItemId, string Template, string Title, IReadOnlyDictionary<string, string> Values, string Format, bool Link, int LinkDays, bool Listed)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The chain the document belongs to: what it sets off is counted with it.</summary>
    public Cause? Cause { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static DocumentOrder Parse(string json) => JsonSerializer.Deserialize<DocumentOrder>(json, Json)!;
}
