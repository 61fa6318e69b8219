using System.Globalization;
using AutomationCrm.Application.Calendar;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Calendar;

/// <summary>The business calendar: when the company works, and what that means from now on.</summary>
public sealed class IndexModel(ISender sender, IStringLocalizer<Texts> texts, Refusals refusals) : PageModel
{
    public static readonly DayOfWeek[] Days = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    public CalendarView View { get; private set; } = null!;

    /// <summary>What the form shows: as stored, or as posted when it was refused.</summary>
    public CalendarConfig Config { get; private set; } = new();

    public IReadOnlyList<string> Problems { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        View = await sender.Send(new GetCalendar(), ct);
        Config = View.Config;
    }

    public async Task<IActionResult> OnPostAsync(int version, CancellationToken ct)
    {
        Config = Read(await Request.ReadFormAsync(ct));
        try
        {
            var saved = await sender.Send(new SaveCalendar(Config, version), ct);
            Flash.Set(TempData, new Flash(texts["calendar.saved", saved]));
            return RedirectToPage();
        }
        catch (ValidationException invalid)
        {
            Problems = [.. invalid.Errors.Select(refusals.Say).Distinct()];
            View = await sender.Send(new GetCalendar(), ct);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
    }

    public static string NameOf(DayOfWeek day) => CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(day);

    private static CalendarConfig Read(IFormCollection form) => new()
    {
        TimeZone = form["timeZone"].ToString().Trim(),
        Language = form["language"].ToString(),
        Week = Days.Select(CalendarConfig.NameOf).Where(day => form[day] == "Y").ToDictionary(day => day, day => new WorkDay(form[day + ".start"].ToString(), form[day + ".end"].ToString())),
        YearlyHolidays = Lines(form["yearlyHolidays"].ToString()),
        DaysOff = Lines(form["daysOff"].ToString()),
        WorkingDays = Lines(form["workingDays"].ToString()),
    };

    private static List<string> Lines(string text) => [.. text.Split(['\n', '\r', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
