using AutomationCrm.Application.Import.Running;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Import;

/// <summary>One kind of file of a preset, recognised by its header.</summary>
/// <param name="Headers">Columns that must be there.</param>
/// <param name="Used">Columns that are read; every other is reported as ignored.</param>
public sealed record ImportPart(string Code, IReadOnlyList<string> Headers, IReadOnlyList<string> Used);

/// <summary>A recipe for the files of one source: which there are, in which order they go in, and how a row becomes items.</summary>
public abstract class ImportPreset(string code, IReadOnlyList<ImportPart> parts)
{
    public string Code => code;

    /// <summary>In the order in which they are read.</summary>
    public IReadOnlyList<ImportPart> Parts => parts;

    /// <summary>Where its items stand afterwards; null before the first import.</summary>
    public abstract Pipeline? FindPipeline(PortalSnapshot portal);

    /// <summary>The steps of one import, one per part and in their order.</summary>
    internal abstract IReadOnlyList<ImportStep> Begin(ImportContext context);
}
