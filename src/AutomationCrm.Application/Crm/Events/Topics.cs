using System.Globalization;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Crm.Events;

/// <summary>What browsers may listen to.</summary>
public static class Topics
{
    public const string Outbox = "outbox";
    public const string Attention = "attention";
    public const string Tasks = "tasks";
    public const string Launches = "launches";

    public static string Item(ItemRef item) => string.Create(CultureInfo.InvariantCulture, $"item/{item.TypeId}/{item.Id}");

    public static string Board(int typeId, int pipelineId) => string.Create(CultureInfo.InvariantCulture, $"board/{typeId}/{pipelineId}");

    public static string Person(long id) => string.Create(CultureInfo.InvariantCulture, $"person/{id}");

    public static string Import(long id) => string.Create(CultureInfo.InvariantCulture, $"import/{id}");
}
