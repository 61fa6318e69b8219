using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Expressions;

/// <summary>The one port through which conditions, mappings, timers and scripts are understood; the host plugs its language in.</summary>
public interface IExpressionLanguage
{
    /// <summary>Compiles once per model; throws <see cref="ExpressionException"/> when the text makes no sense.</summary>
    Expression Compile(string text, ExpressionUse use);
}

/// <summary>What an expression is for: a condition has to be true or false, a template may be plain text.</summary>
public enum ExpressionUse
{
    Condition,
    Value,
    Template,
    Script,
}

/// <summary>What an expression may read: variables of the scopes around it and facts of the signal, nothing else.</summary>
public interface IVariableReader
{
    /// <summary>The value, or null when there is no such name.</summary>
    Datum? Find(string name);
}

/// <summary>A compiled expression; pure, so the same variables give the same result.</summary>
public abstract class Expression(string text)
{
    public string Text { get; } = text;

    /// <summary>The top-level names it reads; those that are no variables become facts the host provides.</summary>
    public abstract IReadOnlyCollection<string> Names { get; }

    /// <summary>Throws <see cref="ExpressionException"/>, and only that, when it cannot be computed.</summary>
    public abstract Datum Evaluate(IVariableReader variables);
}

/// <summary>An expression cannot be understood or computed; the message is for the designer of the process.</summary>
public sealed class ExpressionException : Exception
{
    public ExpressionException()
    {
    }

    public ExpressionException(string message)
        : base(message)
    {
    }

    public ExpressionException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
