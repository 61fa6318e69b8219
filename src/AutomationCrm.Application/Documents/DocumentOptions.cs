namespace AutomationCrm.Application.Documents;

/// <summary>Configuration section <c>Crm:Documents</c>.</summary>
public sealed class DocumentOptions
{
    public const string Section = "Crm:Documents";

    /// <summary>A Gotenberg service that makes PDF of DOCX, for example <c>http://gotenberg:3000</c>; it is called without an address check.</summary>
    public string Gotenberg { get; set; } = "";

    /// <summary>The program soffice of LibreOffice, unless it is found by itself.</summary>
    public string LibreOffice { get; set; } = "";

    /// <summary>A Chromium or Chrome that prints HTML, unless it is found by itself or <c>CHROMIUM_PATH</c> names it.</summary>
    public string Chromium { get; set; } = "";

    /// <summary>Where the npm packages lie whose Chromium is used when there is no other.</summary>
    public string NodeModules { get; set; } = "";

    /// <summary>The unprivileged account for converters when the app runs as root; postgres or nobody unless given.</summary>
    public string Account { get; set; } = "";

    /// <summary>Seconds for one conversion.</summary>
    public int TimeoutSeconds { get; set; } = 60;
}
