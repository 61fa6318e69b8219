namespace AutomationCrm.Web.Resources;

/// <summary>Names the one resource of all visible texts: Texts.resx (English) and Texts.ru.resx.</summary>
public sealed class Texts;
