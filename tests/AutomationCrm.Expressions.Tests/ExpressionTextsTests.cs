using System.Globalization;
using System.Text.RegularExpressions;
using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Functions;

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
    public void A_long_argument_is_cut() => Assert.True(Failure.Of(FailureCodes.NotANumber, 0, 0, new string('x', 5000)).Message.Length < 200);

    private static string[] Places(string text) => [.. Regex.Matches(text, "«[abc]»", RegexOptions.NonBacktracking).Select(match => match.Value).Order(StringComparer.Ordinal)];
}
