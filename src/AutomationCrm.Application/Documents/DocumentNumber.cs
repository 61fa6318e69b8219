using System.Globalization;

namespace AutomationCrm.Application.Documents;

/// <summary>How documents are numbered: prefix, year when counting begins anew each year, and a counter without gaps.</summary>
public static class DocumentNumber
{
    public static string SeriesOf(DocumentTemplate template, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(template);
        return string.Create(CultureInfo.InvariantCulture, $"document:{template.Prefix}:{(template.Yearly ? day.Year : 0)}");
    }

    public static string Write(DocumentTemplate template, DateOnly day, long counter)
    {
        ArgumentNullException.ThrowIfNull(template);
        var number = counter.ToString(CultureInfo.InvariantCulture).PadLeft(template.Digits, '0');
        return template.Yearly ? string.Create(CultureInfo.InvariantCulture, $"{template.Prefix}{day.Year}-{number}") : template.Prefix + number;
    }
}
