using AutomationCrm.Application.Documents.Templates;

namespace AutomationCrm.Infrastructure.Documents.Shipped;

/// <summary>One proposal in both kinds.</summary>
internal sealed class ShippedTemplates : IShippedTemplates
{
    public IReadOnlyList<ShippedTemplate> All =>
    [
        new(ShippedTemplate.Proposal, "Proposal", "proposal.html", Resource("proposal.html")),
        new(ShippedTemplate.ProposalWord, "Proposal (Word)", "proposal.docx", ProposalDocx.Build()),
    ];

    private static byte[] Resource(string name)
    {
        using var stream = typeof(ShippedTemplates).Assembly.GetManifestResourceStream($"AutomationCrm.Infrastructure.Documents.Shipped.{name}")!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
