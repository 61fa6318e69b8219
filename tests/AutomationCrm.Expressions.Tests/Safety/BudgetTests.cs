using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests.Safety;

public sealed class BudgetTests
{
    private static readonly Known Source = new Known().With("D:TEN", "0123456789").With("D:LIST", Value.Of(Enumerable.Range(0, 2_000).Select(i => Value.Of((decimal)i))));

    [Theory]
    [InlineData("x{=D:TEN}", 11, true)]
    [InlineData("x{=D:TEN}", 10, false)]
    [InlineData("={=D:TEN} & {=D:TEN}", 20, true)]
    [InlineData("={=D:TEN} & {=D:TEN}", 19, false)]
    [InlineData("=explode('5', {=D:TEN})", 42, true)]
    [InlineData("=explode('5', {=D:TEN})", 41, false)]
    [InlineData("=merge(1, 2, 3)", 48, true)]
    [InlineData("=merge(1, 2, 3)", 47, false)]
    public void Growth_is_charged_character_by_character(string text, int size, bool enough) =>
        Assert.Equal(
            enough ? null : FailureCodes.OutputBudget,
            Template.Parse(text).Evaluate(Source, Some.Context with { Budget = new Budget(1000, size) }).Failure?.Code);

    [Theory]
    [InlineData("=1 + 2 + 3", 2, true)]
    [InlineData("=1 + 2 + 3", 1, false)]
    [InlineData("=abs(abs(1))", 2, true)]
    [InlineData("=abs(abs(1))", 1, false)]
    [InlineData("={=D:TEN} = 1", 1, false)]
    [InlineData("=max({=D:LIST})", 1000, false)]
    [InlineData("=max({=D:LIST})", 3000, true)]
    public void Steps_are_counted(string text, int steps, bool enough) =>
        Assert.Equal(
            enough ? null : FailureCodes.StepBudget,
            Template.Parse(text).Evaluate(Source, Some.Context with { Budget = new Budget(steps, 100_000) }).Failure?.Code);

    [Fact]
    public void A_comparison_of_huge_lists_is_refused()
    {
        var list = Source.Get("D:LIST")!;

        Assert.Equal(FailureCodes.StepBudget, Comparison.Compare(list, OperatorCodes.In, list, Some.Context).Failure!.Code);
        Assert.True(Comparison.Compare(list, OperatorCodes.Equal, list, Some.Context).Holds);
    }

    [Fact]
    public void A_text_that_is_encoded_is_charged_by_its_new_length()
    {
        var context = Some.Context with { Budget = new Budget(1000, 100), Encode = text => string.Concat(Enumerable.Repeat(text, 50)) };

        Assert.Equal(FailureCodes.OutputBudget, Template.Parse("x{=D:TEN}").Evaluate(Source, context).Failure!.Code);
    }
}
