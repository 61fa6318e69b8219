namespace AutomationCrm.Expressions.Conditions;

internal enum Operator
{
    None,
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Contains,
    NotContains,
    StartsWith,
    In,
    NotIn,
    Filled,
    Empty,
    Between,
    Changed,
}
