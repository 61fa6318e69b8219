using AutomationCrm.Expressions.Functions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests.Functions;

/// <summary>Every function of section 4.5 with values and failures. The clock stands at Friday 2026-11-20T10:30:00Z.</summary>
public sealed class FunctionTests
{
    internal static readonly Known Source = new Known()
        .With("D:NOTHING", Value.Null)
        .With("D:EUR", new MoneyValue(-10.456m, "EUR"))
        .With("D:JPY", new MoneyValue(1m, "JPY"))
        .With("D:DAY", Some.Date("2026-01-31"))
        .With("D:AT", Some.At("2026-01-05T09:07:03.25Z"))
        .With("D:USER", new UserValue(7))
        .With("D:USERS", Some.List(new UserValue(7), new UserValue(8)))
        .With("D:ONE", Some.Texts("a"))
        .With("D:LIST", Some.Texts("a", "b", "c"))
        .With("D:NUMBERS", Some.List(Value.Of(3m), Value.Of(9m), Value.Of(4m)))
        .With("D:NESTED", Some.List(Some.Texts("a", "b"), Value.Of("c")))
        .With("D:SPACED", Some.Texts(" a ", "b "))
        .With("D:EMPTY", Some.List())
        .With("Document:URL", "/crm/deal/15/")
        .With("Document:TITLE", "Big <order>")
        .With("System:HostUrl", "https://crm.example/");

    public static TheoryData<string, string> Cases => CaseTable.Read(
        """
        # logic
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
        # numbers
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
        # text
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
        # lists
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
        # dates
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
        # working time: 9 to 18, Saturday and Sunday off
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
        # item
        =getdocumenturl()                        => "/crm/deal/15/"
        =getdocumenturl('', true)                => "https://crm.example/crm/deal/15/"
        =getdocumenturl('bb')                    => "[url=/crm/deal/15/]Big <order>[/url]"
        =getdocumenturl('html')                  => "<a href="/crm/deal/15/">Big &lt;order&gt;</a>"
        =getdocumenturl('pdf')                   => !bad_argument
        =convert({=D:USER}, 'printableuser')     => "Ann Lee [7]"
        =convert('user_7', 'printableuserb24')   => "Ann Lee [7]"
        =convert({=D:USER}, 'x')                 => !bad_argument
        =convert('x', 'printableuser')           => !not_a_user
        """);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_function_gives(string formula, string outcome) =>
        Assert.Equal(outcome, Dump.Of(Template.Parse(formula).Evaluate(Source, Some.Context)));

    [Fact]
    public void Every_function_has_a_case_of_value_and_a_case_of_failure()
    {
        var rows = Cases.Select(row => ((string)row[0], (string)row[1])).ToList();

        foreach (var function in FunctionCatalogue.All)
        {
            var own = rows.Where(row => row.Item1.Contains(function.Name, StringComparison.Ordinal)).ToList();
            Assert.True(own.Exists(row => !row.Item2.StartsWith('!')), $"{function.Name} has no value");
            Assert.True(own.Exists(row => row.Item2.StartsWith('!')), $"{function.Name} has no failure");
        }
    }

    [Fact]
    public void Functions_are_the_forty_six_of_the_reference() => Assert.Equal(46, FunctionCatalogue.All.Length);

    [Fact]
    public void Names_of_functions_do_not_depend_on_case() =>
        Assert.Equal("\"A\"", Dump.Of(Template.Parse("=StrToUpper('a')").Evaluate(Source, Some.Context)));

    [Theory]
    [InlineData("=rand(1, 1000000)")]
    [InlineData("=randstring(20)")]
    [InlineData("=shuffle({=D:LIST}) & rand()")]
    public void Random_functions_repeat_with_the_seed_and_differ_without(string formula)
    {
        var template = Template.Parse(formula);

        Assert.Equal(template.Evaluate(Source, Some.Context), template.Evaluate(Source, Some.Context));
        Assert.NotEqual(template.Evaluate(Source, Some.Context), template.Evaluate(Source, Some.Context with { Seed = 43 }));
    }

    [Fact]
    public void Names_of_months_follow_the_culture() =>
        Assert.Equal("\"5 января, понедельник\"", Dump.Of(Template.Parse("=locdate('j F, l', '2026-01-05')").Evaluate(Source, Some.Russian)));

    [Fact]
    public void A_number_text_with_the_cultures_separator_is_a_number() =>
        Assert.Equal("3", Dump.Of(Template.Parse("='1,5' + '1.5'").Evaluate(Source, Some.Russian)));

    [Fact]
    public void What_a_function_reads_is_among_the_references() =>
        Assert.Equal(["Document:URL", "Document:TITLE", "System:HostUrl"], Template.Parse("x {{= getdocumenturl('bb') }}").References.ToArray());
}
