using System.Globalization;
using System.Xml;
using AutomationCrm.Application.Automation.Stages;

namespace AutomationCrm.Web.Pages.Automation.Forms;

/// <summary>When a robot starts, as the form asks: at once, after a while, or by a date.</summary>
internal sealed record DelayForm(string Mode, DurationView After, string At, string Direction, DurationView Offset, string Time, bool WorkTime, bool SkipEmpty, bool SkipPast, bool Recompute)
{
    public const string Now = "now";
    public const string Wait = "after";
    public const string Date = "date";

    private const double Most = 100_000;

    public static DelayForm Of(DelayConfig? delay)
    {
        var offset = IsoSpan.Parse(delay?.Offset) is { } span ? span : default;
        return new(
            delay?.At is { Length: > 0 } ? Date : IsoSpan.Parse(delay?.After) is { IsZero: false } || delay is { WorkTime: true } or { Time: not null } ? Wait : Now,
            DurationView.Of(delay?.After ?? ""),
            delay?.At ?? "",
            offset.IsZero ? "on" : offset.IsNegative ? "before" : "after",
            DurationView.Of(delay?.Offset?.TrimStart('-') ?? ""),
            delay?.Time ?? "",
            delay?.WorkTime ?? false,
            delay?.Empty == DelayConfig.Skip,
            delay?.Past == DelayConfig.Skip,
            delay?.Recompute ?? false);
    }

    public static DelayConfig? Read(IFormCollection form)
    {
        var time = form["delay.time"].ToString() is { Length: > 0 } clock ? clock : null;
        var work = form["delay.workTime"] == "Y";
        switch (form["delay.mode"].ToString())
        {
            case Wait:
                var after = ReadDuration(form, "delay.after") ?? "PT0S";
                return after == "PT0S" && time is null && !work ? null : new() { After = after, Time = time, WorkTime = work };
            case Date:
                var at = form["delay.text"].ToString() is { Length: > 0 } text && form["delay.at"] == "" ? text : form["delay.at"].ToString();
                var offset = form["delay.direction"].ToString() is "before" or "after" ? ReadDuration(form, "delay.offset") : null;
                return new()
                {
                    At = at,
                    Offset = offset is null or "PT0S" ? null : form["delay.direction"] == "before" ? "-" + offset : offset,
                    Time = time,
                    WorkTime = work,
                    Empty = form["delay.empty"] == DelayConfig.Skip ? DelayConfig.Skip : null,
                    Past = form["delay.past"] == DelayConfig.Skip ? DelayConfig.Skip : null,
                    Recompute = form["delay.recompute"] == "Y",
                };
            default: return null;
        }
    }

    /// <summary>A number and a unit as ISO 8601; null when it is no number.</summary>
    public static string? ReadDuration(IFormCollection form, string name)
    {
        if (!double.TryParse(form[name + ".number"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number is < 0 or > Most) return null;

        return form[name + ".unit"].ToString() switch
        {
            // Whole days are days of the calendar, also when the clocks change.
            "d" when number == Math.Floor(number) && number > 0 => string.Create(CultureInfo.InvariantCulture, $"P{number}D"),
            "d" => XmlConvert.ToString(TimeSpan.FromDays(number)),
            "h" => XmlConvert.ToString(TimeSpan.FromHours(number)),
            "s" => XmlConvert.ToString(TimeSpan.FromSeconds(number)),
            _ => XmlConvert.ToString(TimeSpan.FromMinutes(number)),
        };
    }
}
