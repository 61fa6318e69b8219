using System.Text.Json;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Portal;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Calendar;

/// <summary>The business calendar as it is, with what some working times from now come to.</summary>
public sealed record GetCalendar : IRequest<CalendarView>;

/// <param name="Version">0 while it is the one the product came with.</param>
public sealed record CalendarView(int Version, CalendarConfig Config, long AuthorId, DateTimeOffset? At, DateTimeOffset Now, IReadOnlyList<CalendarExample> Examples);

/// <param name="Days">Working days from now.</param>
/// <param name="Hours">Working hours from now.</param>
/// <param name="At">Null when nobody works.</param>
public sealed record CalendarExample(int Days, int Hours, DateTimeOffset? At);

internal sealed class GetCalendarHandler(ConfigPublisher versions, IPortal portal, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<GetCalendar, CalendarView>
{
    public async Task<CalendarView> Handle(GetCalendar request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the business calendar");
        var now = clock.GetUtcNow();
        var calendar = (await portal.FreshAsync(cancellationToken)).Calendar;
        var version = await versions.NewestAsync(CalendarConfig.ConfigKind, CalendarConfig.ConfigKey, cancellationToken);
        var config = version is null ? new() : JsonSerializer.Deserialize<CalendarConfig>(version.Content, CalendarConfig.Json) ?? new();
        return new(version?.Number ?? 0, config, version?.AuthorId ?? 0, version?.At, now, [Example(0, 1), Example(0, 4), Example(1, 0), Example(3, 0), Example(10, 0)]);

        CalendarExample Example(int days, int hours) =>
            new(days, hours, calendar.Hours.Move(Zones.ToLocal(now, calendar.Zone), days, TimeSpan.FromHours(hours)) is { } local ? Zones.ToInstant(local, calendar.Zone) : null);
    }
}
