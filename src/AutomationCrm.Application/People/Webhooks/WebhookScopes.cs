namespace AutomationCrm.Application.People.Webhooks;

/// <summary>What a webhook may be used for: Bitrix24's names (bitrix-rest section 2.1) and our own.</summary>
public static class WebhookScopes
{
    public static readonly IReadOnlyList<string> All =
        ["automation", "bizproc", "catalog", "crm", "department", "im", "process", "task", "user", "user_basic", "user_brief"];

    public static bool IsKnown(string? scope) => scope is not null && All.Contains(scope, StringComparer.Ordinal);
}
