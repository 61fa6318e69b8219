using AutomationCrm.Application.Documents.Filling;

namespace AutomationCrm.Application.Documents.Templates;

/// <summary>Reads and fills templates of one kind. Hostile or broken ones are a <c>RuleBrokenException</c> whose sentence names the reason.</summary>
public interface ITemplateEngine
{
    /// <summary>docx or html.</summary>
    string Kind { get; }

    string MediaType { get; }

    /// <summary>Checks everything that came from outside and answers the placeholders in the order of the text.</summary>
    IReadOnlyList<string> Inspect(byte[] template);

    /// <summary>A template that was checked when it was saved.</summary>
    byte[] Fill(byte[] template, PaperFiller filler);
}

/// <summary>The engines by kind.</summary>
public sealed class TemplateEngines(IEnumerable<ITemplateEngine> engines)
{
    private readonly Dictionary<string, ITemplateEngine> engines = engines.ToDictionary(e => e.Kind, StringComparer.Ordinal);

    public ITemplateEngine Of(string kind) => engines[kind];
}
