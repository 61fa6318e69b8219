using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Expressions.Basic;
using AutomationCrm.Bpmn.Tests.Diagrams;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Tests.Expressions;

public sealed class BasicLanguageTests
{
    private static readonly VariableSet Variables = Play.Set(("n", 5), ("t", "abc"), ("yes", true), ("list", new object[] { 1, 2, 3 }), ("text", "7"));

    [Theory]
    [InlineData("${n > 3}", "true")]
    [InlineData("= n <= 3", "false")]
    [InlineData("n == 5 and not (t = 'x')", "true")]
    [InlineData("${n != 5 || yes}", "true")]
    [InlineData("!yes", "false")]
    [InlineData("t.contains(\"b\")", "true")]
    [InlineData("${vars:equals(t, \"abc\")}", "true")]
    [InlineData("(n + 1) * 2 - 3 / 2", "10.5")]
    [InlineData("n % 2", "1")]
    [InlineData("-n", "-5")]
    [InlineData("text == 7", "true")]
    [InlineData("text > 6", "true")]
    [InlineData("count(list) + sum(list)", "9")]
    [InlineData("list[1]", "2")]
    [InlineData("unknown == null", "true")]
    [InlineData("unknown > 3", "null")]
    [InlineData("if n > 3 then 'big' else 'small'", "big")]
    [InlineData("n > 3 ? 1 : 2", "1")]
    [InlineData("t + n", "abc5")]
    [InlineData("2 in [1, 2]", "true")]
    [InlineData("empty unknown", "true")]
    [InlineData("Order ${n} for ${t}", "Order 5 for abc")]
    public void An_expression_is_computed(string text, string expected) => Assert.Equal(expected, Compute(text).ToString());

    [Theory]
    [InlineData("n +")]
    [InlineData("(n")]
    [InlineData("'open")]
    [InlineData("system('rm')")]
    [InlineData("n n")]
    [InlineData("")]
    [InlineData("#")]
    public void A_broken_expression_is_refused_when_compiled(string text) =>
        Assert.Throws<ExpressionException>(() => BasicLanguage.Instance.Compile(text, ExpressionUse.Condition));

    [Theory]
    [InlineData("n / 0")]
    [InlineData("t > n")]
    [InlineData("t - 1")]
    [InlineData("unknown.contains('a')")]
    [InlineData("t.destroy()")]
    [InlineData("99999999999999999999999999 * 99999999999999999999")]
    public void What_cannot_be_computed_is_an_expression_exception(string text) => Assert.Throws<ExpressionException>(() => Compute(text));

    [Fact]
    public void Depth_and_length_are_limited()
    {
        Assert.Throws<ExpressionException>(() => BasicLanguage.Instance.Compile(new string('(', 10_000), ExpressionUse.Condition));
        Assert.Throws<ExpressionException>(() => BasicLanguage.Instance.Compile(new string('(', 100) + "1" + new string(')', 100), ExpressionUse.Condition));
    }

    [Fact]
    public void Names_that_are_read_are_known() =>
        Assert.Equal(["n", "t"], BasicLanguage.Instance.Compile("n > 1 and t.contains('x') and n < 9", ExpressionUse.Condition).Names);

    private static Datum Compute(string text) => BasicLanguage.Instance.Compile(text, ExpressionUse.Value).Evaluate(new Reader());

    private sealed class Reader : IVariableReader
    {
        public Datum? Find(string name) => Variables.Find(name);
    }
}
