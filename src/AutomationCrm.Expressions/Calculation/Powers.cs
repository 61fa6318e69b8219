namespace AutomationCrm.Expressions.Calculation;

internal static class Powers
{
    /// <summary>Whole powers are exact decimal products; others go through binary floating point. Null: not a real number.</summary>
    public static decimal? Raise(decimal number, decimal power)
    {
        if (power == decimal.Truncate(power) && Math.Abs(power) <= long.MaxValue) return Whole(number, (long)power);
        if (number < 0) return null;
        var result = Math.Pow((double)number, (double)power);
        return double.IsFinite(result) ? (decimal)result : throw new OverflowException();
    }

    private static decimal Whole(decimal number, long power)
    {
        if (power < 0) return Inverse(Whole(number, -power));
        var result = 1m;
        var square = number;
        for (var rest = power; rest > 0; rest >>= 1)
        {
            if ((rest & 1) == 1) result *= square;
            if (rest > 1 && square is not (0 or 1)) square *= square;
        }

        return result;
    }

    private static decimal Inverse(decimal number) => number == 0 ? throw new OverflowException() : 1 / number;
}
