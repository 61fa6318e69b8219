using System.Globalization;

namespace AutomationCrm.Expressions.Values;

/// <summary>Bitrix24's short form of an item reference: D_15 is deal 15, T82_7 is item 7 of the smart process 0x82.</summary>
public static class ItemCodes
{
    public static string Write(ItemValue item)
    {
        var prefix = item.TypeId switch
        {
            1 => "L",
            2 => "D",
            3 => "C",
            4 => "CO",
            5 => "I",
            7 => "Q",
            14 => "O",
            31 => "SI",
            36 => "SD",
            var other => "T" + other.ToString("x", CultureInfo.InvariantCulture),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}_{item.Id}");
    }

    public static ItemValue? Read(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var split = text.IndexOf('_');
        if (split <= 0 || !long.TryParse(text[(split + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
        var type = text[..split] switch
        {
            "L" => 1,
            "D" => 2,
            "C" => 3,
            "CO" => 4,
            "I" => 5,
            "Q" => 7,
            "O" => 14,
            "SI" => 31,
            "SD" => 36,
            ['T', .. var hex] when int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var smart) && smart > 0 => smart,
            _ => 0,
        };
        return type == 0 ? null : new ItemValue(type, id);
    }
}
