namespace AutomationCrm.Expressions.Functions;

/// <summary>The shelves of the function catalogue, in the order the editor shows them.</summary>
public enum FunctionGroup
{
    Logic,
    Math,
    Text,
    List,
    Date,
    WorkingTime,
    Document,
}
