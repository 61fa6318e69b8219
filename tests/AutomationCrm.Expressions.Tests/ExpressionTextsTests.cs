using System.Globalization;
using System.Text.RegularExpressions;
using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Functions;
using AutomationCrm.Expressions.Tests.Conditions;
using AutomationCrm.Expressions.Tests.Functions;
using AutomationCrm.Expressions.Tests.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests;

public sealed class ExpressionTextsTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly CultureInfo Russian = CultureInfo.GetCultureInfo("ru-RU");

    [Fact]
    public void Functions_groups_and_modifiers_are_described_in_both_languages()
    {
        var keys = FunctionCatalogue.All.SelectMany(function => new[] { function.DescriptionKey, function.GroupKey })
            .Concat(Modifiers.Names.Select(name => $"modifier.{name}"))
            .Distinct();
        foreach (var key in keys)
        {
            Assert.NotEqual(key, ExpressionTexts.Get(key, English));
            Assert.NotEqual(ExpressionTexts.Get(key, English), ExpressionTexts.Get(key, Russian));
        }
    }

    [Fact]
    public void Every_failure_has_a_russian_text_with_the_same_places()
    {
        foreach (var code in FailureCodes.All)
        {
            var failure = Failure.Of(code, 0, 0, "«a»", "«b»", "«c»");
            var russian = ExpressionTexts.Describe(failure, Russian);
            if (code is not (FailureCodes.BadArgument or FailureCodes.BadCondition)) Assert.NotEqual(failure.Message, russian);
            Assert.Equal(Places(failure.Message), Places(russian));
        }
    }

    [Fact]
    public void What_a_failure_says_in_russian_has_no_english_words_of_ours()
    {
        var failures = OperatorTests.Cases.Select(row => Failing((string)row[0], OperatorTests.Source))
            .Concat(FunctionTests.Cases.Select(row => Failing((string)row[0], FunctionTests.Source)))
            .Concat(ConditionJsonTests.Mistakes.SelectMany(json => ConditionJson.Read(json).Problems.Select(problem => (json, (Failure?)problem))));

        foreach (var (text, failure) in failures)
        {
            foreach (var argument in failure?.Arguments ?? [])
            {
                var told = ExpressionTexts.Term(argument, Russian) != argument || !argument.Contains(' ', StringComparison.Ordinal) || text.Contains(argument.Trim('\''), StringComparison.Ordinal);
                Assert.True(told, $"{text}: {argument}");
            }
        }

        static (string, Failure?) Failing(string text, IValueSource source) => (text, Template.Parse(text).Evaluate(source, Some.Context).Failure);
    }

    [Fact]
    public void The_place_stands_before_what_is_wrong_there()
    {
        var problem = Assert.Single(ConditionJson.Read("""{"all":[{"field":"A","op":"eq","value":"=1 +"}]}""").Problems);

        Assert.Equal("all[0].value: Expected a value, found the end.", problem.Message);
        Assert.Equal("all[0].value: Ожидалось: значение; встретилось: конец.", ExpressionTexts.Describe(problem, Russian));
    }

    [Fact]
    public void A_long_argument_is_cut() => Assert.True(Failure.Of(FailureCodes.NotANumber, 0, 0, new string('x', 5000)).Message.Length < 200);

    private static string[] Places(string text) => [.. Regex.Matches(text, "«[abc]»", RegexOptions.NonBacktracking).Select(match => match.Value).Order(StringComparer.Ordinal)];
}
