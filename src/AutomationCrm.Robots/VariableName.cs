using AutomationCrm.Domain.Common;

namespace AutomationCrm.Robots;

/// <summary>Names that can stand in placeholders.</summary>
internal static class VariableName
{
    public const int MaxLength = 50;

    public static void Require(string name, string setting = "variable")
    {
        if (name.Length is 0 or > MaxLength || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-'))
            throw new RuleBrokenException("setting.name", $"\"{name}\" is no name: letters, digits, - and _, at most {MaxLength}.", setting);
    }
}
