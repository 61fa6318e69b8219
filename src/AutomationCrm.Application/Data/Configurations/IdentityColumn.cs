using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AutomationCrm.Application.Data.Configurations;

internal static class IdentityColumn
{
    /// <summary>The database makes the value unless one is given; written in the SQL scripts as an identity column.</summary>
    public static PropertyBuilder<T> UseIdentity<T>(this PropertyBuilder<T> property) => property.ValueGeneratedOnAdd();
}
