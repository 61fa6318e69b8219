using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace AutomationCrm.Expressions;

/// <summary>The closed list of failure codes and what each says in English; other languages use the code and the arguments.</summary>
public static class FailureCodes
{
    public const string TooLong = "too_long";
    public const string TooDeep = "too_deep";
    public const string TooManyParts = "too_many_parts";
    public const string Syntax = "syntax";
    public const string Unclosed = "unclosed";
    public const string EmptyFormula = "empty_formula";
    public const string UnknownName = "unknown_name";
    public const string UnknownFunction = "unknown_function";
    public const string ArgumentCount = "argument_count";
    public const string UnknownModifier = "unknown_modifier";
    public const string TooManyModifiers = "too_many_modifiers";
    public const string BadNumber = "bad_number";

    public const string UnknownReference = "unknown_reference";
    public const string NotANumber = "not_a_number";
    public const string NotABoolean = "not_a_boolean";
    public const string NotADate = "not_a_date";
    public const string NotMoney = "not_money";
    public const string NotAUser = "not_a_user";
    public const string NotAnItem = "not_an_item";
    public const string DivisionByZero = "division_by_zero";
    public const string NumberOverflow = "number_overflow";
    public const string CurrencyMismatch = "currency_mismatch";
    public const string WrongOperand = "wrong_operand";
    public const string Incomparable = "incomparable";
    public const string WholeNumber = "whole_number";
    public const string BadArgument = "bad_argument";
    public const string BadInterval = "bad_interval";
    public const string DateOutOfRange = "date_out_of_range";
    public const string NoWorkingTime = "no_working_time";
    public const string NoForm = "no_form";
    public const string StepBudget = "step_budget";
    public const string OutputBudget = "output_budget";

    public const string UnknownOperator = "unknown_operator";
    public const string MissingValue = "missing_value";
    public const string BetweenBounds = "between_bounds";
    public const string ChangesUnknown = "changes_unknown";
    public const string BadCondition = "bad_condition";

    private static readonly FrozenDictionary<string, string> Texts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [TooLong] = "The text has {0} characters, {1} are allowed.",
        [TooDeep] = "Brackets and functions are nested deeper than {0} levels.",
        [TooManyParts] = "There are more than {0} placeholders.",
        [Syntax] = "Expected {0}, found {1}.",
        [Unclosed] = "{0} is not closed; {1} is missing.",
        [EmptyFormula] = "The formula is empty. To begin a plain text with '=', put a space before it.",
        [UnknownName] = "'{0}' is neither a function, true nor false. Texts stand in quotes, fields are written {{=Document:FIELD}}.",
        [UnknownFunction] = "There is no function '{0}'.",
        [ArgumentCount] = "{0} takes {1} arguments, here are {2}.",
        [UnknownModifier] = "There is no modifier '{0}'.",
        [TooManyModifiers] = "'{0}' is one modifier too many: at most one type and one format.",
        [BadNumber] = "'{0}' is not a number that can be represented.",
        [UnknownReference] = "Nothing is known under {0}.",
        [NotANumber] = "'{0}' is not a number.",
        [NotABoolean] = "'{0}' is neither yes nor no.",
        [NotADate] = "'{0}' is not a date.",
        [NotMoney] = "'{0}' is not an amount of money.",
        [NotAUser] = "'{0}' is not a person.",
        [NotAnItem] = "'{0}' is not an item.",
        [DivisionByZero] = "Division by zero.",
        [NumberOverflow] = "The result of {0} is too large.",
        [CurrencyMismatch] = "{0} and {1} are different currencies and no rate is known.",
        [WrongOperand] = "'{0}' cannot be applied to {1}.",
        [Incomparable] = "{0} cannot be compared with {1}.",
        [WholeNumber] = "{0}: a whole number from {1} to {2} is needed.",
        [BadArgument] = "{0}: {1}.",
        [BadInterval] = "'{0}' is not an interval such as 1d 2h 30i.",
        [DateOutOfRange] = "The result of {0} is outside the years 1 to 9999.",
        [NoWorkingTime] = "The business calendar has no working time within {0} days.",
        [NoForm] = "'{0}' is not available for {1}.",
        [StepBudget] = "More than {0} steps are needed.",
        [OutputBudget] = "The result grows beyond {0} characters.",
        [UnknownOperator] = "There is no comparison '{0}'.",
        [MissingValue] = "The comparison '{0}' needs a value.",
        [BetweenBounds] = "'between' needs exactly two values, here are {0}.",
        [ChangesUnknown] = "What changed is not known here, {0} cannot be asked for a change.",
        [BadCondition] = "{0}.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> All => Texts.Keys;

    internal static string Describe(string code, ImmutableArray<string> arguments) =>
        Texts.TryGetValue(code, out var text) ? string.Format(CultureInfo.InvariantCulture, text, [.. arguments]) : code;
}
