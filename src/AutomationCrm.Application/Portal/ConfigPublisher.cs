using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Portal;

/// <summary>Publishes something configured as its next version, live at once (contract C8).</summary>
internal sealed class ConfigPublisher(CrmDbContext db, IPortal portal, Caller caller, TimeProvider clock)
{
    /// <summary>The newest version; null when there never was one.</summary>
    public Task<ConfigVersion?> NewestAsync(string kind, string key, CancellationToken ct) =>
        db.ConfigVersions.AsNoTracking().Where(v => v.Kind == kind && v.Key == key).OrderByDescending(v => v.Number).FirstOrDefaultAsync(ct);

    /// <summary>Answers the number of the new version.</summary>
    /// <param name="content">JSON.</param>
    /// <param name="basedOn">The version the author saw, 0 for none; null when he does not care.</param>
    /// <param name="field">What a conflict is about.</param>
    /// <exception cref="ConflictException">Somebody has published a newer one, before or at the same moment.</exception>
    public async Task<int> PublishAsync(string kind, string key, string content, int? basedOn, string field, CancellationToken ct)
    {
        var newest = await NewestAsync(kind, key, ct);
        if (basedOn is { } seen && seen != (newest?.Number ?? 0)) throw Conflict(newest, field);

        var number = (newest?.Number ?? 0) + 1;
        db.ConfigVersions.Add(new() { Kind = kind, Key = key, Number = number, State = ConfigVersion.Published, Content = content, AuthorId = caller.PersonId, At = clock.GetUtcNow() });
        try
        {
            await db.SaveConfigurationAsync(ct);
        }
        catch (DoubledKeyException doubled) when (doubled.Key == UniqueKeys.ConfigVersion)
        {
            // Two people saved at the same moment; the primary key let one through.
            db.ChangeTracker.Clear();
            throw Conflict(await NewestAsync(kind, key, ct), field);
        }

        await portal.FreshAsync(ct);
        return number;
    }

    private ConflictException Conflict(ConfigVersion? newest, string field) => newest is null
        ? new("There is no version yet.", Caller.SystemId, [field])
        : new($"{portal.Current.PersonName(newest.AuthorId)} saved version {newest.Number} in the meantime.", newest.AuthorId, [field]);
}
