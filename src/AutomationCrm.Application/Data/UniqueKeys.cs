namespace AutomationCrm.Application.Data;

/// <summary>Unique keys of the database (names of the migrations) that decide between two people who save at the same moment.</summary>
public static class UniqueKeys
{
    public const string AutomationPause = "automation_pause_open";
    public const string ClientLink = "client_link_pkey";
    public const string ConfigVersion = "config_version_pkey";
    public const string DocumentTemplateCode = "document_template_code_key";
    public const string DocumentTemplateVersion = "document_template_version_pkey";
    public const string GlobalValue = "global_value_pkey";

    /// <summary>Without regard to case.</summary>
    public const string GlobalValueCode = "global_value_code";
}
