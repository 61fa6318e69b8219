using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Data;

/// <summary>Functions of the database that queries may use on texts.</summary>
internal static class SqlText
{
    public static string Lower(string text) => throw new NotSupportedException("Only the database knows this function.");

    public static void Map(ModelBuilder model) => model.HasDbFunction(typeof(SqlText).GetMethod(nameof(Lower))!).HasName("lower").IsBuiltIn();
}
