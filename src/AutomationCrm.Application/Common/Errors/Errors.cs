using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Common.Errors;

/// <summary>There is no such thing, or the caller may not know that there is.</summary>
public sealed class NotFoundException(string what, string key) : Exception($"{what} {key} was not found.")
{
    public string What { get; } = what;

    public string Key { get; } = key;

    public static NotFoundException Of(ItemRef item) => new("Item", item.ToString());
}

/// <summary>The caller may not do that.</summary>
public sealed class AccessDeniedException(string action) : Exception($"You have no right to {action}.")
{
    public string Action { get; } = action;
}

/// <summary>Somebody else was faster: who changed which fields since the caller looked.</summary>
public sealed class ConflictException(string message, long byPerson, IReadOnlyList<string> fields) : Exception(message)
{
    public long ByPerson { get; } = byPerson;

    public IReadOnlyList<string> Fields { get; } = fields;
}
