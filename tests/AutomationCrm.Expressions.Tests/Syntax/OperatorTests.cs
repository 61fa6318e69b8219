using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests.Syntax;

/// <summary>Every operator of section 4.4 with values and failures.</summary>
public sealed class OperatorTests
{
    internal static readonly Known Source = new Known()
        .With("D:N", 7m)
        .With("D:NOTHING", Value.Null)
        .With("D:EUR", new MoneyValue(100.5m, "EUR"))
        .With("D:USD", new MoneyValue(10m, "USD"))
        .With("D:JPY", new MoneyValue(1m, "JPY"))
        .With("D:DAY", Some.Date("2026-01-05"))
        .With("D:AT", Some.At("2026-01-05T09:00:00Z"))
        .With("D:USER", new UserValue(7))
        .With("D:ITEM", new ItemValue(2, 15))
        .With("D:ONE", Some.List(Value.Of(3m)))
        .With("D:TWO", Some.List(Value.Of(3m), Value.Of(4m)))
        .With("D:YES", Value.True);

    public static TheoryData<string, string> Cases => CaseTable.Read(
        """
        # + and -
        =1 + 2                         => 3
        =0.1 + 0.2                     => 0.3
        ='1.5' + '2'                   => 3.5
        =5 - 8                         => -3
        ='' + 1                        => 1
        ={=D:NOTHING} + 1              => 1
        ={=D:ONE} + 1                  => 4
        ={=D:YES} + 1                  => 2
        ={=D:EUR} + 1                  => 101.5 EUR
        ={=D:EUR} + {=D:EUR}           => 201 EUR
        ={=D:EUR} + {=D:USD}           => 105.5 EUR
        ={=D:USD} - {=D:EUR}           => -191 USD
        ='100|EUR' + 1                 => 101 EUR
        ='abc' + 1                     => !not_a_number
        =1 - 'abc'                     => !not_a_number
        ={=D:DAY} + 1                  => !wrong_operand
        ={=D:TWO} + 1                  => !wrong_operand
        ={=D:USER} - 1                 => !wrong_operand
        ={=D:EUR} + {=D:JPY}           => !currency_mismatch
        =79228162514264337593543950335 + 1 => !number_overflow
        # * and /
        =6 * 7                         => 42
        =7 / 2                         => 3.5
        ={=D:EUR} * 2                  => 201 EUR
        =2 * {=D:EUR}                  => 201 EUR
        ={=D:EUR} / 2                  => 50.25 EUR
        ={=D:EUR} / {=D:EUR}           => 1
        =1 / 0                         => !division_by_zero
        =1 / ''                        => !division_by_zero
        =1 / {=D:EUR}                  => !wrong_operand
        ={=D:EUR} * {=D:EUR}           => !wrong_operand
        =79228162514264337593543950335 * 2 => !number_overflow
        =1 * 'x'                       => !not_a_number
        # ^ is left associative
        =2 ^ 10                        => 1024
        =2 ^ 3 ^ 2                     => 64
        =2 ^ -1                        => 0.5
        =0 ^ 0                         => 1
        =9 ^ 0.5                       => 3
        =1 ^ 1000000000                => 1
        =0 ^ -1                        => !division_by_zero
        =10 ^ 29                       => !number_overflow
        =10 ^ 0.5 ^ 1000               => !number_overflow
        =(-8) ^ 0.5                    => !wrong_operand
        ={=D:EUR} ^ 2                  => !wrong_operand
        # % divides by a hundred
        =50%                           => 0.5
        =50%%                          => 0.005
        =200 * 10%                     => 20
        =-50%                          => -0.5
        ={=D:EUR}%                     => 1.005 EUR
        ='x'%                          => !not_a_number
        ={=D:DAY}%                     => !wrong_operand
        # signs
        =-5                            => -5
        =--5                           => 5
        =+'5'                          => 5
        =-2 ^ 2                        => 4
        =1 - -1                        => 2
        =-{=D:EUR}                     => -100.5 EUR
        =-'x'                          => !not_a_number
        =-{=D:DAY}                     => !wrong_operand
        # &
        ='a' & 'b' & 'c'               => "abc"
        =1 & 2                         => "12"
        ='n: ' & {=D:N} + 1            => "n: 8"
        ='[' & {=D:TWO} & ']'          => "[3, 4]"
        ='[' & {=D:NOTHING} & ']'      => "[]"
        ={=D:DAY} & ''                 => "01/05/2026"
        ={=D:MISSING} & 'x'            => !unknown_reference
        # comparisons
        =1 = 1.0                       => yes
        ='10' = '10.0'                 => yes
        ='a' = 'b'                     => no
        ='' = 0                        => yes
        =1 <> 2                        => yes
        =1 <> 1                        => no
        =1 < 2                         => yes
        =2 < 1                         => no
        =2 <= 2                        => yes
        =3 <= 2                        => no
        =3 > 2                         => yes
        =2 > 3                         => no
        =2 >= 2                        => yes
        =1 >= 2                        => no
        ={=D:DAY} = '05.01.2026'       => yes
        ={=D:DAY} < {=D:AT}            => yes
        ={=D:EUR} > {=D:USD}           => yes
        ={=D:USER} = 'user_7'          => yes
        ={=D:ITEM} = 'D_15'            => yes
        =true = 'Y'                    => yes
        =1 + 1 = 2 & ''                => yes
        =1 = 'abc'                     => !incomparable
        ={=D:DAY} < 'soon'             => !incomparable
        ={=D:USER} <> 'Ann'            => !incomparable
        ={=D:USER} > 'Ann'             => !incomparable
        ={=D:ITEM} >= true             => !incomparable
        ={=D:EUR} <= {=D:JPY}          => !currency_mismatch
        # priority and brackets
        =1 + 2 * 3                     => 7
        =(1 + 2) * 3                   => 9
        =2 * 3 ^ 2                     => 18
        =10 - 4 - 3                    => 3
        =100 / 10 / 2                  => 5
        =1 + 2 & 3 + 4                 => "37"
        =1 < 2 = true                  => yes
        # literals
        ="it's"                        => "it's"
        ='say "hi"'                    => "say "hi""
        ='it''s'                       => "it's"
        ="a""b"                        => "a"b"
        =''                            => ""
        =.5                            => 0.5
        =1.                            => 1
        =TRUE                          => yes
        =False                         => no
        # broken ones
        =1 + 2 +                       => !syntax
        =* 2                           => !syntax
        =1 2                           => !syntax
        =1 == 1                        => !syntax
        =1 != 1                        => !syntax
        =(1 + 2                        => !unclosed
        =1 + 2)                        => !syntax
        =()                            => !syntax
        ='abc                          => !unclosed
        =a + 1                         => !unknown_name
        =sin(1)                        => !unknown_function
        =1..2                          => !bad_number
        =99999999999999999999999999999999 => !bad_number
        =min(1, , 2)                   => !syntax
        =min(1; 2)                     => 1
        =min(1 2)                      => !syntax
        ={=D}                          => !syntax
        ={=D:N                         => !unclosed
        =;                             => !syntax
        """);

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_operator_gives(string formula, string outcome) =>
        Assert.Equal(outcome, Dump.Of(Template.Parse(formula).Evaluate(Source, Some.Context)));

    [Theory]
    [InlineData("=1 + 'abc'", 3)]
    [InlineData("=1 + 2 * (3 / 0)", 12)]
    [InlineData("text {{= 5 + -'x' }}", 14)]
    [InlineData("=round(1, 99)", 10)]
    public void A_failure_says_where(string formula, int position) =>
        Assert.Equal(position, Template.Parse(formula).Evaluate(Source, Some.Context).Failure!.Position);
}
