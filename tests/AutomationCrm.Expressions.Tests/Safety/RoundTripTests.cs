using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests.Safety;

public sealed class RoundTripTests
{
    private const int Trees = 5_000;

    private static readonly Known Source = new Known()
        .With("Document:TITLE", "Big 5 order")
        .With("Document:CONTACT.PHONE", Some.Texts("1", "2"))
        .With("Variable:x_1", 17.5m)
        .With("A12345_67890:Result", new UserValue(7))
        .With("Constant:Nothing", Value.Null);

    [Fact]
    public void A_printed_tree_reads_back_as_the_same_tree_and_means_the_same()
    {
        for (var seed = 0; seed < Trees; seed++)
        {
            var tree = new RandomTree(seed).Root();
            var printed = Printer.Print(tree);
            var read = Template.Parse(printed);

            Assert.True(read.Problems.IsEmpty, $"seed {seed}: {printed}\n{string.Join('\n', read.Problems)}");
            Assert.Equal(TreeDump.Of(tree), TreeDump.Of(read.Root));
            Assert.Equal(printed, read.Print());

            var run = new Run(Source, Some.Context);
            var value = tree.Evaluate(run);
            Assert.Equal(value is null ? "!" + run.Failure!.Code : Dump.Of(value), Dump.Of(read.Evaluate(Source, Some.Context)));
        }
    }

    [Fact]
    public void Random_expressions_stay_within_time_and_memory()
    {
        for (var seed = Trees; seed < 2 * Trees; seed++)
        {
            var tree = new RandomTree(seed).Root();
            var before = GC.GetAllocatedBytesForCurrentThread();
            tree.Evaluate(new Run(Source, Some.Context));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * 1024 * 1024);
        }
    }

    [Theory]
    [InlineData("={=document:title>printable}&'x'", "= {=Document:title > printable} & \"x\"")]
    [InlineData("=IF(1;2;3)", "= if(1, 2, 3)")]
    [InlineData("=((1+2))*3", "= (1 + 2) * 3")]
    [InlineData("=(1+2)+3", "= (1 + 2) + 3")]
    [InlineData("={=A:B}", "{=A:B}")]
    [InlineData("{{= 1+1 }}", "= 1 + 1")]
    [InlineData("a {{={=A:B}}} b", "a {=A:B} b")]
    [InlineData("{=A:B_PRINTABLE}", "{=A:B > printable}")]
    [InlineData("plain {text}", "plain {text}")]
    [InlineData("=1 +", "=1 +")]
    public void Printing_gives_one_spelling(string text, string printed) => Assert.Equal(printed, Template.Parse(text).Print());
}
