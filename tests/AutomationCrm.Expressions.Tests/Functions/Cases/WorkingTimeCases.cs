namespace AutomationCrm.Expressions.Tests.Functions.Cases;

/// <summary>Working time: 9 to 18, Saturday and Sunday off.</summary>
internal static class WorkingTimeCases
{
    public const string Table =
        """
        =addworkdays({=D:DAY}, 1)                => 2026-02-02
        =addworkdays('2026-01-09', 5)            => 2026-01-16
        =addworkdays('2026-01-12', -1)           => 2026-01-09
        =addworkdays({=D:AT}, 5)                 => 2026-01-12T09:07:03.25Z
        =addworkdays({=D:AT}, 0)                 => 2026-01-05T09:07:03.25Z
        =addworkdays({=D:DAY}, 1.5)              => !whole_number
        =addworkdays('x', 1)                     => !not_a_date
        =addworkdays({=D:DAY}, 99999)            => !step_budget
        =workdateadd('2026-01-05 10:00', '1d')   => 2026-01-06T10:00:00Z
        =workdateadd('2026-01-05 10:00', '1h 30i') => 2026-01-05T11:30:00Z
        =workdateadd('2026-01-09 17:00', '2h')   => 2026-01-12T10:00:00Z
        =workdateadd('2026-01-05', '2h')         => 2026-01-05T11:00:00Z
        =workdateadd('2026-01-10 12:00', '1h')   => 2026-01-12T10:00:00Z
        =workdateadd('2026-01-05 20:00', '')     => 2026-01-06T09:00:00Z
        =workdateadd('2026-01-12 10:00', '-2h')  => 2026-01-09T17:00:00Z
        =workdateadd('2026-01-12 10:00', '-1h')  => 2026-01-12T09:00:00Z
        =workdateadd('2026-01-11 10:00', '-1h')  => 2026-01-09T17:00:00Z
        =workdateadd('2026-01-05 01:00', '1h', {=D:USER}) => 2026-01-05T02:00:00Z
        =workdateadd('2026-01-05 10:00', '1m')   => !bad_interval
        =workdateadd('x', '1d')                  => !not_a_date
        =workdateadd('2026-01-05', '1d', 'Ann')  => !not_a_user
        =isworkday({=D:DAY})                     => no
        =isworkday({=D:AT})                      => yes
        =isworkday('2026-01-04 16:00', {=D:USER}) => yes
        =isworkday('x')                          => !not_a_date
        =isworktime({=D:AT})                     => yes
        =isworktime('2026-01-05 18:00')          => no
        =isworktime('2026-01-05 00:30', {=D:USER}) => yes
        =isworktime('x')                         => !not_a_date
        """;
}
