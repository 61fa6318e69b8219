namespace AutomationCrm.Expressions.Values;

/// <summary>Wall clock and moment; a wall clock time that a zone skips counts from the hour before, one that occurs twice is the first.</summary>
public static class Zones
{
    public static DateTime ToLocal(DateTimeOffset at, TimeZoneInfo zone)
    {
        if (ReferenceEquals(zone, TimeZoneInfo.Utc)) return at.UtcDateTime;
        var offset = zone.GetUtcOffset(at);
        var ticks = at.UtcTicks + offset.Ticks;
        return new DateTime(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);
    }

    public static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        var clock = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var offset = OffsetOf(clock, zone);
        var ticks = Math.Clamp(clock.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) => ToInstant(day.ToDateTime(TimeOnly.MinValue), zone);

    public static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(ToLocal(at, zone));

    private static TimeSpan OffsetOf(DateTime clock, TimeZoneInfo zone)
    {
        if (ReferenceEquals(zone, TimeZoneInfo.Utc)) return TimeSpan.Zero;
        // 02:30 in the skipped hour means half an hour after the gap began, which the offset before the gap gives.
        if (zone.IsInvalidTime(clock)) return zone.GetUtcOffset(clock.AddHours(-3));
        if (!zone.IsAmbiguousTime(clock)) return zone.GetUtcOffset(clock);
        var offsets = zone.GetAmbiguousTimeOffsets(clock);
        return offsets.Max();
    }
}
