namespace AutomationCrm.Application.Data;

/// <summary>The database refused a saved row because another one has its key. Only the use case knows whether that was to be expected.</summary>
/// <param name="key">The unique index or constraint; see <see cref="UniqueKeys"/>.</param>
public sealed class DoubledKeyException(string key, Exception refusal) : Exception($"The key {key} is taken.", refusal)
{
    public string Key { get; } = key;
}
