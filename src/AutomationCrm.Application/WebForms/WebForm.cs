namespace AutomationCrm.Application.WebForms;

/// <summary>A public form that makes items of one type.</summary>
public sealed class WebForm
{
    public const int TitleMaxLength = 200;
    public const int TextMaxLength = 4_000;

    public long Id { get; init; }

    /// <summary>Stands in the public address.</summary>
    public string Token { get; init; } = "";

    /// <summary>Signs the moment at which the page was shown; never leaves the server.</summary>
    public byte[] SigningKey { get; init; } = [];

    public string Title { get; set; } = "";

    public string Lead { get; set; } = "";

    public int TypeId { get; init; }

    public int PipelineId { get; set; }

    /// <summary>Where items begin; empty is the first stage.</summary>
    public string StageId { get; set; } = "";

    /// <summary>Field codes of the type, and <see cref="ClientFields"/>.</summary>
    public string[] Fields { get; set; } = [];

    /// <summary>Must be accepted when it is not empty.</summary>
    public string Consent { get; set; } = "";

    public string Thanks { get; set; } = "";

    public long ResponsibleId { get; set; }

    public bool IsActive { get; set; } = true;

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Fields of a form that describe the client and not the item.</summary>
public static class ClientFields
{
    public const string Name = "CLIENT.NAME";
    public const string LastName = "CLIENT.LAST_NAME";
    public const string Email = "CLIENT.EMAIL";
    public const string Phone = "CLIENT.PHONE";

    public static IReadOnlyList<string> All { get; } = [Name, LastName, Email, Phone];
}

/// <summary>The unguessable address at which a client may write about one item.</summary>
public sealed class ClientLink
{
    public int TypeId { get; init; }

    public long ItemId { get; init; }

    public string Token { get; init; } = "";

    public byte[] SigningKey { get; init; } = [];
}
