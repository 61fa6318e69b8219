using System.Text;

namespace AutomationCrm.Application.Demo;

/// <summary>Invented names of the demo data.</summary>
internal static class DemoNames
{
    public static IReadOnlyList<(string Name, string Industry)> Companies { get; } =
    [
        ("Nordlicht Logistics", "Logistics"), ("Brennstoff & Söhne", "Energy"), ("Atelier Papillon", "Design"), ("Kaltwasser Brewery", "Food"),
        ("Meridian Clinics", "Health"), ("Silverpine Lumber", "Construction"), ("Quantum Gardens", "Retail"), ("Harbor & Finch", "Finance"),
        ("Lumen Optics", "Manufacturing"), ("Oakbridge Schools", "Education"), ("Tessera Tiles", "Construction"), ("Violet Airways", "Travel"),
        ("Copperfield Tools", "Manufacturing"), ("Saffron Street", "Food"), ("Polar Data", "Software"), ("Redwood Insurance", "Finance"),
        ("Blue Heron Hotels", "Travel"), ("Granite Works", "Construction"), ("Fernweh Outfitters", "Retail"), ("Kite & Anchor", "Media"),
        ("Solstice Solar", "Energy"), ("Maple Mobility", "Automotive"), ("Juniper Pharma", "Health"), ("Clearwater Utilities", "Energy"),
        ("Beacon Robotics", "Manufacturing"), ("Old Mill Bakery", "Food"), ("Cobalt Studios", "Media"), ("Evergreen Leasing", "Finance"),
        ("Tidal Ventures", "Finance"), ("Starling Security", "Software"),
    ];

    public static IReadOnlyList<string> FirstNames { get; } =
        ["Anna", "Lukas", "Marta", "Jonas", "Elena", "Paul", "Sofia", "David", "Clara", "Felix", "Nora", "Viktor", "Irene", "Oskar", "Julia", "Emil", "Vera", "Hugo", "Lena", "Max"];

    public static IReadOnlyList<string> LastNames { get; } =
        ["Albrecht", "Baumann", "Castellan", "Dorn", "Eriksen", "Falk", "Grimaldi", "Hartwig", "Ivanova", "Jansen", "Keller", "Lindqvist", "Moreau", "Novak", "Orlova", "Petrescu", "Quist", "Rossi", "Sommer", "Tanaka", "Ullmann", "Vogel", "Weber", "Yilmaz", "Zeman"];

    public static IReadOnlyList<string> Subjects { get; } =
    [
        "Office equipment", "Annual maintenance", "Warehouse scanners", "Website relaunch", "Training programme", "Server upgrade", "Fleet tracking", "Meeting rooms",
        "Energy audit", "Packaging line", "Security cameras", "Loyalty programme", "Data migration", "Trade fair stand", "Service contract", "Product photos",
        "Point of sale terminals", "Cleaning services", "Solar roof", "Consulting days",
    ];

    /// <summary>A mail domain that belongs to nobody (RFC 2606).</summary>
    public static string Domain(string company)
    {
        var name = new StringBuilder();
        foreach (var letter in company.ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(letter)) name.Append(letter);
        return name.Append(".example").ToString();
    }
}
