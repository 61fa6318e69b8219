using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Expressions.Basic;

namespace AutomationCrm.Bpmn.Model;

/// <summary>How a file becomes a model: the expression language and what is handed to the host.</summary>
public sealed record CompileOptions
{
    public static CompileOptions Default { get; } = new();

    public IExpressionLanguage Language { get; init; } = BasicLanguage.Instance;

    /// <summary>True: script tasks become work of the host; false: the script is an expression computed by the interpreter.</summary>
    public bool ScriptsAreWork { get; init; }

    /// <summary>True: plain and manual tasks are handed to the host like work; false: the token passes.</summary>
    public bool PassingTasksAreWork { get; init; }

    /// <summary>True: a call activity without mappings hands all variables in and out; false: none.</summary>
    public bool CallsShareVariables { get; init; }

    /// <summary>More flow nodes than this are refused.</summary>
    public int MaxNodes { get; init; } = 5_000;

    /// <summary>Repeating timers may not be faster than this.</summary>
    public TimeSpan MinimumRepeat { get; init; } = TimeSpan.FromMilliseconds(1);
}
