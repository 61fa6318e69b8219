namespace AutomationCrm.Application.Lanes;

/// <summary>A job that no handler here knows: another version of the program has planned it, and it must not get lost.</summary>
internal sealed class UnknownJobException(string kind) : Exception($"This version of the program does not know work of the kind {kind}.");
