namespace AutomationCrm.Expressions.Tests.Functions.Cases;

/// <summary>Dates and moments.</summary>
internal static class DateCases
{
    public const string Table =
        """
        =date('d.m.Y H:i', {=D:AT})              => "05.01.2026 09:07"
        =date('D, j M Y \a\t g:i A', {=D:AT})    => "Mon, 5 Jan 2026 at 9:07 AM"
        =date('N w z W t L y n S', {=D:DAY})     => "6 6 30 05 31 0 26 1 st"
        =date('l F s v u G h a', {=D:AT})        => "Monday January 03 250 250000 9 09 am"
        =date('c|U|P|O|Z|I|e', {=D:DAY})         => "2026-01-31T00:00:00+00:00|1769817600|+00:00|+0000|0|0|UTC"
        =date('r', {=D:DAY})                     => "Sat, 31 Jan 2026 00:00:00 +0000"
        =date('Y-m-d', '05.01.2026')             => "2026-01-05"
        =date('H:i')                             => "10:30"
        =date('Y', 'soon')                       => !not_a_date
        =date('Y', {=D:NOTHING})                 => !not_a_date
        =locdate('d F', {=D:DAY})                => "31 January"
        =locdate('d F', 'x')                     => !not_a_date
        =dateadd({=D:AT}, '1d 2h 30i')           => 2026-01-06T11:37:03.25Z
        =dateadd({=D:AT}, '-1d2h')               => 2026-01-04T07:07:03.25Z
        =dateadd({=D:AT}, '2 days 3 hours 4 min 5 sec') => 2026-01-07T12:11:08.25Z
        =dateadd({=D:DAY}, '1m')                 => 2026-02-28
        =dateadd({=D:DAY}, '1 year')             => 2027-01-31
        =dateadd({=D:DAY}, '1h')                 => 2026-01-31T01:00:00Z
        =dateadd({=D:DAY}, '')                   => 2026-01-31
        =dateadd('2026-02-28', '1d')             => 2026-03-01
        =dateadd({=D:DAY}, '1x')                 => !bad_interval
        =dateadd({=D:DAY}, 'tomorrow')           => !bad_interval
        =dateadd({=D:DAY}, '999999999y')         => !date_out_of_range
        =dateadd({=D:AT}, '9999 years')          => !date_out_of_range
        =dateadd('soon', '1d')                   => !not_a_date
        =dateadd({=D:NOTHING}, '1d')             => !not_a_date
        =datediff({=D:DAY}, '2026-03-02', '%a')  => 30
        =datediff({=D:DAY}, '2026-03-02')        => 30
        =datediff('2026-03-02', {=D:DAY}, '%r%a')  => "-30"
        =datediff('2025-01-01', '2026-03-05 06:07:08', '%y-%m-%d %h:%i:%s') => "1-2-4 6:7:8"
        =datediff('2025-01-01', '2026-03-05 06:07:08', '%Y %M %D %H %I %S %R%%') => "0001 02 04 06 07 08 +%"
        =datediff({=D:DAY}, {=D:DAY}, '%h')      => 0
        =datediff({=D:DAY}, {=D:DAY}, '%q')      => !bad_argument
        =datediff({=D:DAY}, 'x')                 => !not_a_date
        =settime({=D:AT}, 18, 30)                => 2026-01-05T18:30:00Z
        =settime({=D:DAY}, 8, 0, 5)              => 2026-01-31T08:00:05Z
        =settime({=D:AT}, 24, 0)                 => !whole_number
        =settime('x', 1, 0)                      => !not_a_date
        =strtotime('2026-01-05')                 => 2026-01-05T00:00:00Z
        =strtotime('now')                        => 2026-11-20T10:30:00Z
        =strtotime('today')                      => 2026-11-20T00:00:00Z
        =strtotime('tomorrow noon')              => 2026-11-21T12:00:00Z
        =strtotime('yesterday 18:15')            => 2026-11-19T18:15:00Z
        =strtotime('+2 weeks')                   => 2026-12-04T10:30:00Z
        =strtotime('+1week 2 days 4 hours')      => 2026-11-29T14:30:00Z
        =strtotime('3 days ago')                 => 2026-11-17T10:30:00Z
        =strtotime('next monday')                => 2026-11-23T00:00:00Z
        =strtotime('next friday')                => 2026-11-27T00:00:00Z
        =strtotime('last friday')                => 2026-11-13T00:00:00Z
        =strtotime('friday')                     => 2026-11-20T00:00:00Z
        =strtotime('next month')                 => 2026-12-20T10:30:00Z
        =strtotime('last year')                  => 2025-11-20T10:30:00Z
        =strtotime('first day of next month midnight') => 2026-12-01T00:00:00Z
        =strtotime('last day of this month')     => 2026-11-30T10:30:00Z
        =strtotime('+1 day', {=D:DAY})           => 2026-02-01T00:00:00Z
        =strtotime('one fine day')               => !not_a_date
        =strtotime('')                           => !not_a_date
        =strtotime('+9999999 years')             => !date_out_of_range
        =touserdate({=D:USER}, {=D:AT})          => "01/05/2026 18:07:03"
        =touserdate({=D:USERS}, {=D:DAY})        => "01/31/2026 09:00"
        =touserdate(8, {=D:AT})                  => "01/05/2026 09:07:03"
        =touserdate('Ann', {=D:AT})              => !not_a_user
        =touserdate({=D:USER}, 'x')              => !not_a_date
        =getuserdateoffset({=D:USER})            => 32400
        =getuserdateoffset(8)                    => 0
        =getuserdateoffset('x')                  => !not_a_user
        """;
}
