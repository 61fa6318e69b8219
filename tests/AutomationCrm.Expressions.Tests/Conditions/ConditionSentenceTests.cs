using System.Globalization;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests.Conditions;

public sealed class ConditionSentenceTests
{
    private sealed class Words(string culture) : ISentenceWords
    {
        private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(culture);

        public string Text(string key) => ExpressionTexts.Get(key, _culture);

        public string Field(string path) => path switch
        {
            "Document:AMOUNT" => "Amount",
            "Document:STAGE" => "Stage",
            "Document:LIMIT" => "Limit",
            _ => path,
        };

        public string Value(string path, Value value) => (path, value) switch
        {
            ("Document:STAGE", TextValue { Text: "WON" }) => "Won",
            _ => ValueText.Printable(value, Some.Context with { Culture = _culture }, path),
        };
    }

    [Theory]
    [InlineData("""{"all":[]}""", "always")]
    [InlineData("""{"any":[]}""", "never")]
    [InlineData("""{"field":"AMOUNT","op":"gt","value":5000}""", "Amount is greater than “5,000”")]
    [InlineData("""{"field":"AMOUNT","op":"gte","value":"{=Document:LIMIT}"}""", "Amount is at least “Limit”")]
    [InlineData("""{"field":"AMOUNT","op":"between","value":[1,9]}""", "Amount is between “1” and “9”")]
    [InlineData("""{"field":"AMOUNT","op":"eq","value":""}""", "Amount is nothing")]
    [InlineData("""{"field":"STAGE","op":"in","value":["WON","LOSE"]}""", "Stage is one of “Won”, “LOSE”")]
    [InlineData("""{"field":"STAGE","op":"changed"}""", "Stage has changed")]
    [InlineData("""{"field":"STAGE","op":"changed","from":"NEW"}""", "Stage has changed from “NEW”")]
    [InlineData("""{"field":"STAGE","op":"changed","to":"WON"}""", "Stage has changed to “Won”")]
    [InlineData("""{"field":"STAGE","op":"changed","from":"NEW","to":"WON"}""", "Stage has changed from “NEW” to “Won”")]
    [InlineData("""{"all":[{"field":"AMOUNT","op":"filled"},{"any":[{"field":"STAGE","op":"eq","value":"WON"},{"not":{"field":"STAGE","op":"starts_with","value":"C1:"}}]}]}""",
        "Amount is filled in and (Stage is “Won” or it is not so that Stage begins with “C1:”)")]
    public void A_condition_is_told_in_plain_words(string json, string sentence) =>
        Assert.Equal(sentence, ConditionSentence.Of(ConditionJson.Read(json).Condition!, new Words("en")));

    [Fact]
    public void It_is_told_in_russian_as_well() =>
        Assert.Equal(
            "Amount больше «5\u00a0000» и Stage — не «Won»",
            ConditionSentence.Of(ConditionJson.Read("""{"all":[{"field":"AMOUNT","op":"gt","value":5000},{"field":"STAGE","op":"ne","value":"WON"}]}""").Condition!, new Words("ru")));

    [Fact]
    public void What_came_of_each_row_is_told_with_the_value_it_saw()
    {
        var source = new Known().With("Document:AMOUNT", 300m).With("Document:STAGE", Value.Null);
        var condition = ConditionJson.Read(
            """{"any":[{"all":[{"field":"STAGE","op":"empty"},{"field":"AMOUNT","op":"gt","value":5000},{"field":"AMOUNT","op":"filled"}]},{"field":"OTHER","op":"filled"}]}""").Condition!;

        Assert.Equal(
            [
                "Stage is empty: met, it was “nothing”",
                "Amount is greater than “5,000”: not met, it was “300”",
                "Amount is filled in: not needed, the result was already clear",
                "Document:OTHER is filled in: could not be checked. Nothing is known under Document:OTHER.",
            ],
            condition.Evaluate(source, Some.Context).Rows.Select(row => ConditionSentence.Of(row, new Words("en"))));
    }

    [Fact]
    public void Every_operator_has_a_sentence()
    {
        foreach (var code in OperatorCodes.All) Assert.NotEqual($"sentence.{code}", ExpressionTexts.Get($"sentence.{code}", CultureInfo.InvariantCulture));
    }
}
