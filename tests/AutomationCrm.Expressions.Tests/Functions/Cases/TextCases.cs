namespace AutomationCrm.Expressions.Tests.Functions.Cases;

/// <summary>Text, counted in characters.</summary>
internal static class TextCases
{
    public const string Table =
        """
        =numberformat(1234567.891)               => "1,234,568"
        =numberformat(1234567.891, 2)            => "1,234,567.89"
        =numberformat(1234567.891, 2, ',', ' ')  => "1 234 567,89"
        =numberformat(-0.4)                      => "0"
        =numberformat(-1234.5, 1, '.', '')       => "-1234.5"
        =numberformat(12, 0)                     => "12"
        =numberformat(1, 99)                     => !whole_number
        =numberformat('x')                       => !not_a_number
        =substr('hello', 1, 3)                   => "ell"
        =substr('hello', 2)                      => "llo"
        =substr('hello', -3, 2)                  => "ll"
        =substr('hello', 1, -1)                  => "ell"
        =substr('hello', 9)                      => ""
        =substr('привет', 1, 2)                  => "ри"
        =substr('a😀b', 1, 1)                    => "😀"
        =substr('hello', 'x')                    => !not_a_number
        =substr('hello')                         => !argument_count
        =strpos('hello', 'l')                    => 2
        =strpos('hello', 'l', 3)                 => 3
        =strpos('hello', 'x')                    => no
        =strpos('a😀b', 'b')                     => 2
        =strpos('hello', '')                     => !bad_argument
        =strlen('привет')                        => 6
        =strlen('a😀b')                          => 3
        =strlen('')                              => 0
        =strlen()                                => !argument_count
        =strlen(randstring(12))                  => 12
        =strlen(randstring())                    => 8
        =randstring(0)                           => !whole_number
        =randstring(1000000)                     => !whole_number
        =urlencode('a b&c=é/~')                  => "a+b%26c%3D%C3%A9%2F%7E"
        =urlencode('a-b_c.d')                    => "a-b_c.d"
        =urlencode()                             => !argument_count
        =strtolower('ABC ЖЯ')                    => "abc жя"
        =strtolower({=D:LIST})                   => ["a", "b", "c"]
        =strtolower()                            => !argument_count
        =strtoupper('abc жя')                    => "ABC ЖЯ"
        =strtoupper({=D:LIST})                   => ["A", "B", "C"]
        =strtoupper({=D:X})                      => !unknown_reference
        =ucwords('big deal')                     => "Big Deal"
        =ucwords('ёлка зима')                    => "Ёлка Зима"
        =ucwords()                               => !argument_count
        =ucfirst('big deal')                     => "Big deal"
        =ucfirst()                               => !argument_count
        =trim('  a b ')                          => "a b"
        =trim({=D:SPACED})                       => ["a", "b"]
        =trim()                                  => !argument_count
        """;
}
