namespace AutomationCrm.Application.Documents;

/// <summary>A paper with placeholders and how the documents made from it are numbered.</summary>
public sealed class DocumentTemplate
{
    public const int NameMaxLength = 200;
    public const int PrefixMaxLength = 20;
    public const string Docx = "docx";
    public const string Html = "html";

    public long Id { get; init; }

    /// <summary>Stable over portals; robots name their template by it.</summary>
    public string Code { get; init; } = "";

    public string Name { get; set; } = "";

    /// <summary>docx or html.</summary>
    public string Kind { get; init; } = "";

    /// <summary>For items of which types.</summary>
    public int[] TypeIds { get; set; } = [];

    /// <summary>BCP 47, en or ru: how numbers and dates are written.</summary>
    public string Language { get; set; } = "en";

    /// <summary>Templates with the same prefix share one numerator, so that a number names one document.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Numbers are filled up with zeros to so many digits.</summary>
    public int Digits { get; set; } = 4;

    /// <summary>Whether counting begins anew each year, with the year in the number.</summary>
    public bool Yearly { get; set; } = true;

    /// <summary>The newest version.</summary>
    public int Version { get; set; }

    /// <summary>Whether documents are made from it.</summary>
    public bool IsActive { get; set; } = true;

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a template's file was from a moment on; documents remember the version they were made from.</summary>
public sealed class DocumentTemplateVersion
{
    public const int CommentMaxLength = 500;

    public long TemplateId { get; init; }

    public int Number { get; init; }

    public Guid FileId { get; init; }

    public string FileName { get; init; } = "";

    public long Size { get; init; }

    public DateTimeOffset At { get; init; }

    public long AuthorId { get; init; }

    public string Comment { get; init; } = "";
}
