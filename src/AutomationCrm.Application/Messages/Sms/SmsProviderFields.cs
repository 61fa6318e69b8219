using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Messages.Mail;
using FluentValidation;

namespace AutomationCrm.Application.Messages.Sms;

/// <summary>What an administrator fills in; see <see cref="SmsProvider"/>.</summary>
public sealed record SmsProviderFields
{
    public string Name { get; init; } = "";

    public string Method { get; init; } = "POST";

    public string Url { get; init; } = "";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string ContentType { get; init; } = "application/json";

    public string Body { get; init; } = "";

    public string Sender { get; init; } = "";

    public string Auth { get; init; } = "none";

    public string Account { get; init; } = "";

    public string SuccessPath { get; init; } = "";

    public string SuccessValue { get; init; } = "";

    public string IdPath { get; init; } = "";

    public string ErrorPath { get; init; } = "";

    public bool IsDefault { get; init; }
}

internal sealed class SmsProviderFieldsValidator : AbstractValidator<SmsProviderFields>
{
    public SmsProviderFieldsValidator()
    {
        RuleFor(p => p.Name).NotEmpty().MaximumLength(100).Must(IsLine).Refuses("text.line", "'{PropertyName}' is one line of text.");
        RuleFor(p => p.Method).Must(m => m is "GET" or "POST" or "PUT").Refuses("sms.method", "'{PropertyName}' is GET, POST or PUT.");
        RuleFor(p => p.Url).NotEmpty().MaximumLength(1_000).Must(IsUrl).Refuses("sms.url", "'{PropertyName}' is an address such as https://sms.example.com/send.");
        RuleFor(p => p.Headers).Must(h => h is { Count: <= 20 } && h.All(x => x.Key.Length is > 0 and <= 100 && x.Value.Length <= 1_000 && IsLine(x.Key) && IsLine(x.Value))).Refuses("sms.headers", "'{PropertyName}' are at most 20 short lines.");
        RuleFor(p => p.ContentType).NotEmpty().MaximumLength(100).Must(IsLine);
        RuleFor(p => p.Body).MaximumLength(10_000);
        RuleFor(p => p.Body).Must((p, body) => p.Method == "GET" || body.Contains("{text}", StringComparison.Ordinal) || p.Url.Contains("{text}", StringComparison.Ordinal)).Refuses("sms.body", "The body or the address must contain {text}.");
        RuleFor(p => p.Auth).Must(a => a is "none" or "basic" or "bearer").Refuses("sms.auth", "'{PropertyName}' is none, basic or bearer.");
        RuleFor(p => p.Sender).MaximumLength(50).Must(IsLine);
        RuleFor(p => p.Account).MaximumLength(200).Must(IsLine);
        foreach (var path in (System.Linq.Expressions.Expression<Func<SmsProviderFields, string>>[])[p => p.SuccessPath, p => p.SuccessValue, p => p.IdPath, p => p.ErrorPath]) RuleFor(path).MaximumLength(200).Must(IsLine);
    }

    private static bool IsLine(string? text) => text is not null && !HeaderText.IsHostile(text);

    private static bool IsUrl(string? text) =>
        text is not null && Uri.TryCreate(text.Replace('{', 'x').Replace('}', 'x'), UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.IdnHost.Length > 0 && url.UserInfo.Length == 0 && !text.Split('/')[2].Contains('{', StringComparison.Ordinal);
}
