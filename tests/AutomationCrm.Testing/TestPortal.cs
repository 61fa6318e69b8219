using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Domain.People;

namespace AutomationCrm.Testing;

/// <summary>What tests configure: a small portal, and robots in one line each.</summary>
public static class TestPortal
{
    public static void Seed(CrmDbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        foreach (var (type, id, name) in (ReadOnlySpan<(int, int, string)>)[(ItemTypeIds.Lead, 0, "Leads"), (ItemTypeIds.Deal, 0, "Sales"), (ItemTypeIds.Deal, 1, "Partners"), (ItemTypeIds.Quote, 0, "Proposals"), (ItemTypeIds.Invoice, 1, "Invoices")])
        {
            db.Pipelines.Add(new() { TypeId = type, Id = id, Name = name, Sort = 10 * (id + 1), IsDefault = id == 0 || type == ItemTypeIds.Invoice });
            foreach (var stage in DefaultStages.For(type, id))
                db.Stages.Add(new() { TypeId = type, PipelineId = id, Id = stage.Id, Name = stage.Name, Color = stage.Color, Semantics = stage.SemanticsLetter, Sort = stage.Sort, Probability = stage.Probability });
        }

        db.Currencies.Add(new() { Code = "EUR", Rate = 1, IsBase = true });
        db.Currencies.Add(new() { Code = "USD", Rate = 0.9m });
        db.People.Add(new Person { Login = "admin", Name = "Ada", LastName = "Admin", IsAdmin = true, CreatedAt = TimeProvider.System.GetUtcNow() });
    }

    /// <summary>A robot on a stage; settings as an anonymous object with the names used on the wire.</summary>
    public static RobotConfig Robot(string type, object? settings = null, string? key = null) => new()
    {
        Key = key ?? type,
        Type = type,
        Name = type,
        Settings = JsonSerializer.SerializeToElement(settings ?? new { }),
    };

    /// <summary>A condition of one row.</summary>
    public static JsonElement When(string field, string op, string? value = null) => ConditionRows.All((field, op, value));
}
