using AutomationCrm.Expressions.Functions;
using AutomationCrm.Expressions.Tests.Functions.Cases;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests.Functions;

/// <summary>Every function of section 4.5 with values and failures, a table for each group. The clock stands at Friday 2026-11-20T10:30:00Z.</summary>
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

    public static TheoryData<string, string> Cases =>
        CaseTable.Read(string.Join('\n', LogicCases.Table, NumberCases.Table, TextCases.Table, ListCases.Table, DateCases.Table, WorkingTimeCases.Table, ItemCases.Table));

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
