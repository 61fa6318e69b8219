namespace AutomationCrm.Expressions.Tests.Functions.Cases;

/// <summary>Numbers.</summary>
internal static class NumberCases
{
    public const string Table =
        """
        =abs(-5.5)                               => 5.5
        =abs({=D:EUR})                           => 10.456 EUR
        =abs('x')                                => !not_a_number
        =ceil(1.1)                               => 2
        =ceil(-1.1)                              => -1
        =ceil({=D:DAY})                          => !wrong_operand
        =floor(1.9)                              => 1
        =floor(-1.1)                             => -2
        =floor('x')                              => !not_a_number
        =round(2.5)                              => 3
        =round(-2.5)                             => -3
        =round(1.255, 2)                         => 1.26
        =round(1255, -2)                         => 1300
        =round({=D:EUR}, 2)                      => -10.46 EUR
        =round(1, 1.5)                           => !whole_number
        =round('x')                              => !not_a_number
        =intval('12 pcs')                        => 12
        =intval('-3.9')                          => -3
        =intval('pcs')                           => 0
        =intval({=D:NOTHING})                    => 0
        =intval(1, 2)                            => !argument_count
        =floatval('12.5kg')                      => 12.5
        =floatval(' 7')                          => 7
        =floatval('1.2.3')                       => 1.2
        =floatval()                              => !argument_count
        =min(3, 1, 2)                            => 1
        =min({=D:NUMBERS}, 2)                    => 2
        =min('10', '9')                          => "9"
        =min({=D:DAY}, '2026-01-01')             => "2026-01-01"
        =min(1, 'x')                             => !incomparable
        =min()                                   => !argument_count
        =max(3, 1, 2)                            => 3
        =max({=D:NUMBERS})                       => 9
        =max({=D:EUR}, {=D:JPY})                 => !incomparable
        =rand(5, 5)                              => 5
        =rand(1, 6) >= 1                         => yes
        =and(rand() >= 0, rand(1, 6) <= 6)       => yes
        =rand(2, 1)                              => !bad_argument
        =rand('a', 1)                            => !not_a_number
        """;
}
