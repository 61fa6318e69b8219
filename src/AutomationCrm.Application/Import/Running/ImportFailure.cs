using System.Globalization;
using AutomationCrm.Domain.Common;

namespace AutomationCrm.Application.Import.Running;

/// <summary>Why an import failed: in English, and as a code with arguments for a page in another language.</summary>
public sealed record ImportFailure(string Code, string Message, params IReadOnlyList<string> Arguments)
{
    internal static ImportFailure Of(RuleBrokenException refused) =>
        new(refused.Code, refused.Message, [.. refused.Arguments.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture) ?? "")]);
}
