using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests.Conditions;

public sealed class ComparisonTests
{
    public static TheoryData<Value, string, Value, bool> Rows => new()
    {
        // equal, not equal
        { Value.Of(5m), "eq", Value.Of("5.0"), true },
        { Value.Of("10"), "eq", Value.Of("10.00"), true },
        { Value.Of("a"), "eq", Value.Of("A"), false },
        { Value.Of("a"), "ne", Value.Of("b"), true },
        { Value.Null, "eq", Value.Of("0"), true },
        { Value.Of(""), "eq", Value.Of(0m), true },
        { Value.Of(""), "eq", Value.Of("a"), false },
        { Value.True, "eq", Value.Of("Y"), true },
        { Value.False, "eq", Value.Of("Y"), false },
        { Value.Null, "eq", Value.False, true },
        { new MoneyValue(10, "USD"), "eq", new MoneyValue(5, "EUR"), true },
        { new MoneyValue(10, "USD"), "eq", Value.Of("10|USD"), true },
        { new MoneyValue(10, "USD"), "gt", Value.Of(9m), true },
        { new UserValue(7), "eq", Value.Of("user_7"), true },
        { new UserValue(7), "eq", Value.Of(7m), true },
        { new UserValue(7), "ne", Value.Of(8m), true },
        { new UserValue(7), "gt", Value.Of(6m), false },
        { new ItemValue(2, 15), "eq", Value.Of("D_15"), true },
        { new ItemValue(2, 15), "eq", Value.Of("C_15"), false },
        { new ItemValue(0x82, 7), "eq", Value.Of("T82_7"), true },
        { new ItemValue(2, 15), "eq", Value.Of("15"), true },
        // dates as moments, a day begins at midnight
        { Some.Date("2026-01-05"), "eq", Value.Of("05.01.2026"), true },
        { Some.Date("2026-01-05"), "lt", Some.At("2026-01-05T00:00:01Z"), true },
        { Some.Date("2026-01-05"), "eq", Some.At("2026-01-05T00:00:00Z"), true },
        { Some.At("2026-01-05T10:00:00Z"), "gt", Value.Of("2026-01-05 09:59"), true },
        { Value.Null, "lt", Some.At("2026-01-05T10:00:00Z"), false },
        { Value.Null, "gte", Some.Date("2026-01-05"), false },
        { Value.Null, "ne", Some.Date("2026-01-05"), true },
        // order
        { Value.Of(5m), "gt", Value.Of(4m), true },
        { Value.Of(5m), "gt", Value.Of(5m), false },
        { Value.Of(5m), "gte", Value.Of(5m), true },
        { Value.Of(5m), "lt", Value.Of("5.5"), true },
        { Value.Of("10"), "lt", Value.Of("9"), false },
        { Value.Of("abc"), "lt", Value.Of("abd"), true },
        { Value.Of(5m), "lte", Value.Of(4m), false },
        { Value.Null, "lt", Value.Of(1m), true },
        // several values: in pairs, the shorter repeats its last
        { Some.Texts("a", "a"), "eq", Value.Of("a"), true },
        { Some.Texts("a", "b"), "eq", Value.Of("a"), false },
        { Some.Texts("a", "b"), "ne", Value.Of("a"), true },
        { Some.Texts("a", "b"), "eq", Some.Texts("a", "b", "b"), true },
        { Some.List(Value.Of(3m), Value.Of(4m)), "gt", Value.Of(2m), true },
        { Some.List(), "eq", Value.Of(""), true },
        // in a list, or part of a text
        { Value.Of("a"), "in", Some.Texts("b", "a"), true },
        { Some.Texts("a", "c"), "in", Some.Texts("b", "a"), false },
        { Some.Texts("a", "c"), "not_in", Some.Texts("b", "a"), true },
        { Value.Of(5m), "in", Some.Texts("5", "6"), true },
        { Value.Of("ell"), "in", Value.Of("hello"), true },
        { Value.Of(""), "in", Value.Of("hello"), false },
        { Value.Null, "in", Some.Texts("0", "1"), false },
        { Value.Null, "in", Some.Texts("", "1"), true },
        { Value.Of(7m), "in", Value.Of("17"), false },
        { Value.Of("7"), "in", Value.Of("17"), true },
        { new UserValue(7), "in", Value.Of("user_7"), true },
        { Value.Null, "in", Value.Of("hello"), false },
        { Value.Null, "in", Value.Of(""), false },
        { Value.Of(""), "in", Some.List(), false },
        { Value.Of("a"), "not_in", Some.List(), true },
        { Value.Of(5m), "in", Some.Texts("x", "5"), true },
        { new UserValue(7), "in", Some.List(new UserValue(6), new UserValue(7)), true },
        // contains
        { Value.Of("hello"), "contains", Value.Of("ell"), true },
        { Value.Of("hello"), "contains", Value.Of("ELL"), false },
        { Value.Of("hello"), "contains", Some.Texts("he", "lo"), true },
        { Value.Of("hello"), "contains", Some.Texts("he", "xx"), false },
        { Value.Of("hello"), "not_contains", Value.Of("x"), true },
        { Value.Of("hello"), "contains", Value.Of(""), false },
        { Value.Null, "contains", Value.Of("a"), false },
        { Some.Texts("a", "b"), "contains", Some.Texts("b"), true },
        { Some.Texts("abc", "b"), "contains", Value.Of("ab"), false },
        { Some.List(new UserValue(1), new UserValue(2)), "contains", Value.Of("user_2"), true },
        { Some.List(Value.Of(1m), Value.Of(2m)), "not_contains", Value.Of("3"), true },
        // starts with
        { Value.Of("hello"), "starts_with", Value.Of("he"), true },
        { Value.Of("hello"), "starts_with", Value.Of("lo"), false },
        { Value.Of("hello"), "starts_with", Value.Of(""), false },
        { Value.Of(1234m), "starts_with", Value.Of("12"), true },
        // filled, empty
        { Value.Null, "filled", Value.Null, false },
        { Value.Of("0"), "filled", Value.Null, true },
        { Value.Of(0m), "filled", Value.Null, true },
        { Value.False, "empty", Value.Null, true },
        { Some.Texts("", ""), "empty", Value.Null, true },
        { Some.Texts("", "x"), "empty", Value.Null, false },
        { Some.List(), "filled", Value.Null, false },
        // between: strictly
        { Value.Of(5m), "between", Some.List(Value.Of(1m), Value.Of(9m)), true },
        { Value.Of(1m), "between", Some.List(Value.Of(1m), Value.Of(9m)), false },
        { Value.Of(9m), "between", Some.List(Value.Of(1m), Value.Of(9m)), false },
        { Some.Date("2026-01-05"), "between", Some.Texts("2026-01-01", "2026-01-31"), true },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Values_are_compared_by_their_types(Value left, string code, Value right, bool holds) =>
        Assert.Equal(new Verdict(holds, null), Comparison.Compare(left, code, right, Some.Context));

    public static TheoryData<Value, string, Value?, string> Failures => new()
    {
        { Value.Of(5m), "like", Value.Of(5m), FailureCodes.UnknownOperator },
        { Value.Of(5m), "eq", null, FailureCodes.MissingValue },
        { Value.Of(5m), "eq", Value.Of("five"), FailureCodes.Incomparable },
        { Value.Of("soon"), "lt", Some.Date("2026-01-05"), FailureCodes.Incomparable },
        { Value.True, "eq", Value.Of("perhaps"), FailureCodes.Incomparable },
        { new UserValue(7), "eq", Value.Of("Ann"), FailureCodes.Incomparable },
        { new MoneyValue(1, "EUR"), "eq", new MoneyValue(1, "JPY"), FailureCodes.CurrencyMismatch },
        { Value.Of(5m), "between", Value.Of(5m), FailureCodes.BetweenBounds },
        { Value.Of(5m), "between", Some.List(Value.Of(1m), Value.Of(2m), Value.Of(3m)), FailureCodes.BetweenBounds },
        { Value.Of(5m), "changed", null, FailureCodes.ChangesUnknown },
        { Some.Texts("a"), "starts_with", Value.Of("a"), FailureCodes.Incomparable },
        { new UserValue(7), "not_in", Some.Texts("Ann", "Bob"), FailureCodes.Incomparable },
        { Value.Of(5m), "not_in", Some.Texts("five"), FailureCodes.Incomparable },
        { Some.List(Some.Date("2026-01-05")), "not_contains", Value.Of("soon"), FailureCodes.Incomparable },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void What_cannot_be_compared_is_a_failure_and_never_a_match(Value left, string code, Value? right, string failure)
    {
        var verdict = Comparison.Compare(left, code, right, Some.Context);

        Assert.False(verdict.Holds);
        Assert.Equal(failure, verdict.Failure!.Code);
    }
}
