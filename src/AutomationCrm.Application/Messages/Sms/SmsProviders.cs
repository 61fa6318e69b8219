using System.Text.Json;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Ports;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Messages.Sms;

/// <summary>Every provider, for administrators; secrets are not among it.</summary>
public sealed record ListSmsProviders : IRequest<IReadOnlyList<SmsProviderLine>>;

/// <param name="HasSecret">Whether a secret is kept; it is never shown.</param>
public sealed record SmsProviderLine(long Id, SmsProviderFields Fields, bool HasSecret, DateTimeOffset ChangedAt);

/// <summary>Adds a provider (id 0) or changes it, and answers its id; for administrators. Without a new secret the old one stays.</summary>
public sealed record SaveSmsProvider(long Id, SmsProviderFields Fields, string? Secret) : IRequest<long>;

public sealed record DeleteSmsProvider(long Id) : IRequest<Unit>;

/// <summary>The provider of a name, or the default one without a name; null when there is none.</summary>
public sealed record FindSmsProvider(string Name) : IRequest<(long Id, string Name)?>;

internal sealed class SaveSmsProviderValidator : AbstractValidator<SaveSmsProvider>
{
    public SaveSmsProviderValidator()
    {
        RuleFor(c => c.Fields).NotNull().SetValidator(new SmsProviderFieldsValidator());
        RuleFor(c => c.Secret).MaximumLength(1_000).Must(s => s is null || !Mail.HeaderText.IsHostile(s)).Refuses("text.line", "'{PropertyName}' is one line of text.");
    }
}

internal sealed class ListSmsProvidersHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<ListSmsProviders, IReadOnlyList<SmsProviderLine>>
{
    public async Task<IReadOnlyList<SmsProviderLine>> Handle(ListSmsProviders request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see SMS providers");
        return [.. (await db.SmsProviders.AsNoTracking().OrderBy(p => p.Name).ToListAsync(cancellationToken)).Select(p => new SmsProviderLine(p.Id, Fields(p), p.Secret is not null, p.ChangedAt))];
    }

    private static SmsProviderFields Fields(SmsProvider p) => new()
    {
        Name = p.Name,
        Method = p.Method,
        Url = p.Url,
        Headers = JsonSerializer.Deserialize<Dictionary<string, string>>(p.Headers) ?? [],
        ContentType = p.ContentType,
        Body = p.Body,
        Sender = p.Sender,
        Auth = p.Auth,
        Account = p.Account,
        SuccessPath = p.SuccessPath,
        SuccessValue = p.SuccessValue,
        IdPath = p.IdPath,
        ErrorPath = p.ErrorPath,
        IsDefault = p.IsDefault,
    };
}

internal sealed class SaveSmsProviderHandler(CrmDbContext db, ISecretBox secrets, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<SaveSmsProvider, long>
{
    public async Task<long> Handle(SaveSmsProvider request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "change SMS providers");
        var fields = request.Fields;
        var others = await db.SmsProviders.Where(p => p.Id != request.Id).ToListAsync(cancellationToken);
        if (others.Exists(p => p.Name.Equals(fields.Name, StringComparison.OrdinalIgnoreCase))) throw new RuleBrokenException("name.taken", "There is a provider of this name already.", "name");

        var provider = request.Id == 0 ? db.SmsProviders.Add(new()).Entity : await db.SmsProviders.FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw new NotFoundException("SMS provider", Key(request.Id));
        (provider.Name, provider.Method, provider.Url, provider.Headers, provider.ContentType, provider.Body) = (fields.Name.Trim(), fields.Method, fields.Url.Trim(), JsonSerializer.Serialize(fields.Headers), fields.ContentType.Trim(), fields.Body);
        (provider.Sender, provider.Auth, provider.Account) = (fields.Sender.Trim(), fields.Auth, fields.Account.Trim());
        (provider.SuccessPath, provider.SuccessValue, provider.IdPath, provider.ErrorPath) = (fields.SuccessPath.Trim(), fields.SuccessValue.Trim(), fields.IdPath.Trim(), fields.ErrorPath.Trim());
        (provider.IsDefault, provider.ChangedAt) = (fields.IsDefault || others.Count == 0, clock.GetUtcNow());
        if (provider.IsDefault) others.ForEach(o => o.IsDefault = false);
        if (!string.IsNullOrEmpty(request.Secret)) provider.Secret = secrets.Close(SmsSecrets.Purpose, request.Secret);
        await db.SaveChangesAsync(cancellationToken);
        return provider.Id;
    }

    internal static string Key(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

internal sealed class DeleteSmsProviderHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<DeleteSmsProvider, Unit>
{
    public async Task<Unit> Handle(DeleteSmsProvider request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "delete SMS providers");
        if (await db.SmsProviders.Where(p => p.Id == request.Id).ExecuteDeleteAsync(cancellationToken) == 0) throw new NotFoundException("SMS provider", SaveSmsProviderHandler.Key(request.Id));
        return Unit.Value;
    }
}

internal sealed class FindSmsProviderHandler(CrmDbContext db) : IRequestHandler<FindSmsProvider, (long Id, string Name)?>
{
    public async Task<(long Id, string Name)?> Handle(FindSmsProvider request, CancellationToken cancellationToken)
    {
        var name = request.Name.Trim();
        var all = await db.SmsProviders.AsNoTracking().Select(p => new { p.Id, p.Name, p.IsDefault }).ToListAsync(cancellationToken);
        var found = all.Find(p => name.Length == 0 ? p.IsDefault : p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found is null ? null : (found.Id, found.Name);
    }
}

/// <summary>Providers with their secrets, for the outbox alone.</summary>
public sealed class SmsSecrets(IServiceScopeFactory scopes, ISecretBox secrets)
{
    internal const string Purpose = "sms";

    public async Task<(SmsProvider Provider, string Secret)?> FindAsync(long id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var provider = await scope.ServiceProvider.GetRequiredService<CrmDbContext>().SmsProviders.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct);
        return provider is null ? null : (provider, provider.Secret is null ? "" : secrets.Open(Purpose, provider.Secret));
    }
}
