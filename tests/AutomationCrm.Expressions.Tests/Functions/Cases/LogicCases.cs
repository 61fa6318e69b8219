namespace AutomationCrm.Expressions.Tests.Functions.Cases;

/// <summary>Logic.</summary>
internal static class LogicCases
{
    public const string Table =
        """
        =true                                    => yes
        =true()                                  => !syntax
        =false                                   => no
        =false + 'x'                             => !not_a_number
        =true + 'x'                              => !not_a_number
        =if(1 > 0, 'a', 'b')                     => "a"
        =if('', 'a', 'b')                        => "b"
        =if('0', 'a', 'b')                       => "b"
        =if({=D:EMPTY}, 'a', 'b')                => "b"
        =if(0, 'a')                              => nothing
        =if(1, 2, 1 / 0)                         => 2
        =if(1 / 0, 1, 2)                         => !division_by_zero
        =if(1)                                   => !argument_count
        =and(1, 'x', true)                       => yes
        =and(1, 0, 1 / 0)                        => no
        =and(1, 1 / 0)                           => !division_by_zero
        =and()                                   => !argument_count
        =or(0, 'x')                              => yes
        =or(1, 1 / 0)                            => yes
        =or(0, '')                               => no
        =or(0, 1 / 0)                            => !division_by_zero
        =not(0)                                  => yes
        =not('a')                                => no
        =not()                                   => !argument_count
        """;
}
