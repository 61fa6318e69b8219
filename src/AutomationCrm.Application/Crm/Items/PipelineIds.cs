using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Crm.Items;

internal static class PipelineIds
{
    /// <summary>The id that a number names; one that no pipeline has when it cannot be an id.</summary>
    public static int Of(NumberValue number) => number.Number is >= 0 and <= int.MaxValue && decimal.Truncate(number.Number) == number.Number ? (int)number.Number : -1;
}
