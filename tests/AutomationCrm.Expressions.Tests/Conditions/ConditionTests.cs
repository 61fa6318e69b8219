using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests.Conditions;

public sealed class ConditionTests
{
    private static readonly Known Deal = new Known()
        .With("Document:TITLE", "Big order")
        .With("Document:AMOUNT", 500m)
        .With("Document:LIMIT", 400m)
        .With("Document:STAGE", "NEW")
        .With("A1:Result", "done")
        .With("Document:EMPTY", Value.Null);

    [Theory]
    [InlineData("""{"all":[]}""", true)]
    [InlineData("""{"any":[]}""", false)]
    [InlineData("""{"field":"TITLE","op":"filled"}""", true)]
    [InlineData("""{"all":[{"field":"TITLE","op":"contains","value":"order"},{"field":"AMOUNT","op":"gt","value":499.5}]}""", true)]
    [InlineData("""{"all":[{"field":"TITLE","op":"contains","value":"order"},{"field":"AMOUNT","op":"gt","value":"500"}]}""", false)]
    [InlineData("""{"any":[{"field":"TITLE","op":"eq","value":"x"},{"field":"AMOUNT","op":"gt","value":"{=Document:LIMIT}"}]}""", true)]
    [InlineData("""{"not":{"field":"AMOUNT","op":"gt","value":"={=Document:LIMIT} * 2"}}""", true)]
    [InlineData("""{"all":[{"any":[{"field":"STAGE","op":"eq","value":"WON"},{"field":"STAGE","op":"in","value":["NEW","OLD"]}]},{"not":{"field":"EMPTY","op":"filled"}}]}""", true)]
    [InlineData("""{"field":"A1:Result","op":"eq","value":"done"}""", true)]
    [InlineData("""{"field":"AMOUNT","op":"between","value":["{=Document:LIMIT}",600]}""", null)]
    [InlineData("""{"field":"AMOUNT","op":"between","value":["{=Document:LIMIT}","600"]}""", true)]
    [InlineData("""{"field":"AMOUNT","op":"between","value":[400,500]}""", false)]
    [InlineData("""{"field":"EMPTY","op":"eq","value":null}""", true)]
    [InlineData("""{"field":"document:TITLE","op":"eq","value":"Big order"}""", true)]
    public void A_tree_of_rows_holds_or_not(string json, bool? holds)
    {
        var reading = ConditionJson.Read(json);
        if (holds is null)
        {
            Assert.NotEmpty(reading.Problems);
            return;
        }

        Assert.Empty(reading.Problems);
        Assert.Equal(new Verdict(holds.Value, null), reading.Condition!.Holds(Deal, Some.Context));
        Assert.Equal(holds.Value, reading.Condition.Evaluate(Deal, Some.Context).Holds);
    }

    [Theory]
    [InlineData("""{"field":"NOPE","op":"eq","value":"x"}""", FailureCodes.UnknownReference)]
    [InlineData("""{"field":"NOPE","op":"empty"}""", FailureCodes.UnknownReference)]
    [InlineData("""{"not":{"field":"NOPE","op":"filled"}}""", FailureCodes.UnknownReference)]
    [InlineData("""{"field":"TITLE","op":"ne","value":"{=Document:NOPE}"}""", FailureCodes.UnknownReference)]
    [InlineData("""{"any":[{"field":"AMOUNT","op":"lt","value":"soon"},{"field":"TITLE","op":"filled"}]}""", FailureCodes.Incomparable)]
    [InlineData("""{"field":"TITLE","op":"changed"}""", FailureCodes.ChangesUnknown)]
    public void What_is_unknown_never_matches_not_even_negated(string json, string code)
    {
        var verdict = ConditionJson.Read(json).Condition!.Holds(Deal, Some.Context);

        Assert.False(verdict.Holds);
        Assert.Equal(code, verdict.Failure!.Code);
    }

    [Fact]
    public void Each_row_remembers_what_it_saw_and_which_were_not_needed()
    {
        var condition = ConditionJson.Read(
            """{"all":[{"any":[{"field":"TITLE","op":"eq","value":"x"},{"field":"AMOUNT","op":"gt","value":"{=Document:LIMIT}"},{"field":"TITLE","op":"filled"}]},{"field":"STAGE","op":"eq","value":"WON"},{"field":"EMPTY","op":"empty"}]}""").Condition!;

        var outcome = condition.Evaluate(Deal, Some.Context);

        Assert.False(outcome.Holds);
        Assert.Equal([false, true, null, false, null], outcome.Rows.Select(row => row.Holds));
        Assert.Equal((Value.Of(500m), Value.Of(400m)), (outcome.Rows[1].Left, outcome.Rows[1].Right));
        Assert.Null(outcome.Rows[2].Left);
    }

    [Fact]
    public void Rows_in_a_line_are_grouped_as_bitrix24_does()
    {
        var yes = new ConditionRow("TITLE", OperatorCodes.Filled);
        var no = new ConditionRow("TITLE", OperatorCodes.Empty);

        Assert.True(Condition.Joined([(false, yes), (true, no), (false, no)]).Holds(Deal, Some.Context).Holds);
        Assert.False(Condition.Joined([(true, no), (false, yes), (true, yes), (false, no)]).Holds(Deal, Some.Context).Holds);
        Assert.True(Condition.Joined([]).Holds(Deal, Some.Context).Holds);
        Assert.All(new[] { "=", "!=", ">", ">=", "<", "<=", "in", "!in", "contain", "!contain", "empty", "!empty", "between", "modified" }, code => Assert.NotNull(OperatorCodes.FromBitrix24(code)));
        Assert.Null(OperatorCodes.FromBitrix24("like"));
    }

    [Fact]
    public void The_clock_may_be_compared_too()
    {
        var condition = ConditionJson.Read("""{"field":"System:Now","op":"gt","value":"2026-11-20 10:29"}""").Condition!;

        Assert.True(condition.Holds(Deal, Some.Context).Holds);
        Assert.Empty(condition.References);
    }

    [Fact]
    public void Unknown_paths_are_told_when_the_condition_is_saved() =>
        Assert.Equal(
            ["Variable:X"],
            ConditionJson.Read("""{"not":{"field":"TITLE","op":"eq","value":"{=Variable:X}"}}""").Condition!.Check(path => Deal.Get(path) is not null).Select(problem => problem.Arguments[0]));

    [Fact]
    public void References_of_fields_and_values_are_listed_once() =>
        Assert.Equal(
            ["Variable:X", "Document:TITLE", "A1:Result"],
            ConditionJson.Read("""{"any":[{"field":"TITLE","op":"eq","value":"{=Variable:X}"},{"field":"title","op":"in","value":["a","{=A1:Result}"]}]}""").Condition!.References);

    [Theory]
    [InlineData("", null, null, true)]
    [InlineData("STAGE", null, null, true)]
    [InlineData("TITLE", null, null, false)]
    [InlineData("STAGE", "OLD", null, true)]
    [InlineData("STAGE", "OTHER", null, false)]
    [InlineData("STAGE", null, "NEW", true)]
    [InlineData("STAGE", "OLD", "NEW", true)]
    [InlineData("STAGE", "OLD", "WON", false)]
    public void Changed_looks_at_the_old_and_the_new_value(string field, string? from, string? to, bool holds)
    {
        var row = new ConditionRow(field.Length == 0 ? "STAGE" : field, OperatorCodes.Changed)
        {
            From = from is null ? null : Operand.Of(from),
            To = to is null ? null : Operand.Of(to),
        };

        Assert.Equal(holds, row.Holds(new ChangedStage(), Some.Context).Holds);
        Assert.Equal(holds, ConditionJson.Read(ConditionJson.Write(row).ToJsonString()).Condition!.Holds(new ChangedStage(), Some.Context).Holds);
    }

    private sealed class ChangedStage : IValueSource, IChanges
    {
        public Value? Get(string path) => Deal.Get(path);

        public bool IsChanged(string path) => path == "Document:STAGE";

        public Value? Before(string path) => IsChanged(path) ? Value.Of("OLD") : Get(path);
    }
}
