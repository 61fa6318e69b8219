using System.Globalization;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Infrastructure.Persistence.Items;

/// <summary>Rights as SQL; the same rule as <see cref="ItemScope.Covers"/>.</summary>
internal static class ScopeSql
{
    public static string Of(ItemScope scope, SqlParameters parameters, string alias)
    {
        if (scope.Nothing) return "false";
        if (scope.OwnerId is not { } owner) return "true";

        var person = parameters.Number(owner);
        var open = scope.OpenToo ? $" or {alias}.opened" : "";
        var watched = scope.WatchedToo ? $" or coalesce({alias}.data->'{FieldCodes.Observers}' @> to_jsonb({person}), false)" : "";
        return $"({alias}.responsible_id = {person} or {alias}.created_by = {person}{open}{watched})";
    }

    /// <summary>A type's id as a constant, so that the planner touches one partition; it is a number of ours.</summary>
    public static string Constant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
