namespace AutomationCrm.Expressions.Tests.Functions.Cases;

/// <summary>Lists.</summary>
internal static class ListCases
{
    public const string Table =
        """
        =implode('; ', {=D:LIST})                => "a; b; c"
        =implode('; ', {=D:EMPTY})               => ""
        =implode('; ', 'x')                      => "x"
        =implode(', ', {=D:NUMBERS})             => "3, 9, 4"
        =implode('-', {=D:NESTED})               => "a-b-c"
        =implode({=D:LIST})                      => !argument_count
        =explode(',', 'a,b,,c')                  => ["a", "b", "", "c"]
        =explode('--', 'a')                      => ["a"]
        =explode('', 'a')                        => !bad_argument
        =merge({=D:LIST}, 'd', {=D:ONE})         => ["a", "b", "c", "d", "a"]
        =merge({=D:NOTHING}, {=D:EMPTY})         => []
        =merge()                                 => !argument_count
        =implode('', min(shuffle({=D:LIST})))    => "a"
        =shuffle('x')                            => ["x"]
        =shuffle()                               => !argument_count
        =firstvalue({=D:LIST})                   => "a"
        =firstvalue({=D:EMPTY})                  => nothing
        =firstvalue('x')                         => "x"
        =firstvalue()                            => !argument_count
        =swirl({=D:LIST})                        => ["b", "c", "a"]
        =swirl({=D:EMPTY})                       => []
        =swirl()                                 => !argument_count
        """;
}
