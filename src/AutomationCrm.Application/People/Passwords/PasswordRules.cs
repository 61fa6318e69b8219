using AutomationCrm.Domain.Common;

namespace AutomationCrm.Application.People.Passwords;

/// <summary>Length instead of mixed characters; long pass phrases are welcome.</summary>
public static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 256;
    private const int MinDistinct = 5;

    internal static void Require(string password, string? login, string field)
    {
        if (password.Length < MinLength) throw new RuleBrokenException("password.short", $"A password has at least {MinLength} characters.", field);
        if (password.Length > MaxLength) throw new RuleBrokenException("password.long", $"A password has at most {MaxLength} characters.", field);
        if (password.Distinct().Count() < MinDistinct) throw new RuleBrokenException("password.simple", "This password repeats the same few characters.", field);
        if (!string.IsNullOrEmpty(login) && password.Contains(login, StringComparison.OrdinalIgnoreCase) && password.Length - login.Length < MinLength / 2)
            throw new RuleBrokenException("password.login", "This password is little more than the login.", field);
    }
}
