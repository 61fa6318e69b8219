using System.Text.Json;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Portal;
using FluentValidation;

namespace AutomationCrm.Application.Calendar;

/// <summary>Publishes the business calendar as a new version, live at once, and answers its number. Moments that wait already stay as they are.</summary>
/// <param name="BasedOn">The version the author saw; 0 for the first. A newer one is a conflict.</param>
public sealed record SaveCalendar(CalendarConfig Config, int? BasedOn) : IRequest<int>;

internal sealed class SaveCalendarValidator : AbstractValidator<SaveCalendar>
{
    private const int MostDays = 1000;

    public SaveCalendarValidator()
    {
        RuleFor(c => c.Config.TimeZone).Must(zone => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)).OverridePropertyName("timeZone").Refuses("time_zone.unknown", "There is no such time zone.");
        RuleFor(c => c.Config.Language).Must(language => language is "en" or "ru").OverridePropertyName("language").Refuses("language.form", "The language is en or ru.");
        RuleFor(c => c.Config.Week).Must(week => week.Count > 0).OverridePropertyName("week").Refuses("calendar.week", "Somebody must work on some day.");
        RuleForEach(c => c.Config.Week).Must(day => Enum.TryParse<DayOfWeek>(day.Key, ignoreCase: true, out var known) && CalendarConfig.NameOf(known) == day.Key && day.Value.Hours is not null)
            .OverridePropertyName("week").Refuses("calendar.hours", "A working day needs hours such as 09:00 to 18:00.");
        RuleFor(c => c.Config.YearlyHolidays).Must(days => days.Count <= MostDays && days.All(d => CalendarConfig.Yearly(d) is not null)).OverridePropertyName("yearlyHolidays").Refuses("calendar.holidays", "Holidays are written 12-25.");
        RuleFor(c => c.Config.DaysOff).Must(AreDays).OverridePropertyName("daysOff").Refuses("calendar.days", "Days are written 2026-04-03.");
        RuleFor(c => c.Config.WorkingDays).Must(AreDays).OverridePropertyName("workingDays").Refuses("calendar.days", "Days are written 2026-04-03.");
    }

    private static bool AreDays(IReadOnlyList<string> days) => days.Count <= MostDays && days.All(d => CalendarConfig.Day(d) is not null);
}

internal sealed class SaveCalendarHandler(ConfigPublisher publisher, IAccess access, Caller caller) : IRequestHandler<SaveCalendar, int>
{
    public async Task<int> Handle(SaveCalendar request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "change the business calendar");
        return await publisher.PublishAsync(CalendarConfig.ConfigKind, CalendarConfig.ConfigKey, JsonSerializer.Serialize(request.Config, CalendarConfig.Json), request.BasedOn, "calendar", cancellationToken);
    }
}
