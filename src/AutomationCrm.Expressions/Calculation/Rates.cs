namespace AutomationCrm.Expressions.Calculation;

internal static class Rates
{
    public static bool TryConvert(decimal amount, string from, string to, EvaluationContext context, out decimal converted)
    {
        converted = amount;
        if (string.Equals(from, to, StringComparison.Ordinal)) return true;
        if (context.Facts.Rate(from, to) is not { } rate) return false;
        try
        {
            converted = amount * rate;
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }
}
