namespace AutomationCrm.Domain.Crm.Pipelines;

/// <summary>What a stage means: work goes on, or it ended well or badly. Bitrix24's letters P, S, F.</summary>
public enum StageSemantics
{
    Process,
    Won,
    Lost,
}

/// <summary>A column of a pipeline.</summary>
/// <param name="Id">Bitrix24's id, unique within the item type: <c>NEW</c>, <c>C1:NEW</c>, <c>DT31_1:N</c>.</param>
/// <param name="Color">#RRGGBB.</param>
/// <param name="Probability">Percent, weighs the sum of the column.</param>
public sealed record Stage(int TypeId, int PipelineId, string Id, string Name, string Color, StageSemantics Semantics, int Sort, int Probability)
{
    public bool IsFinal => Semantics != StageSemantics.Process;

    public char SemanticsLetter => Semantics switch { StageSemantics.Won => 'S', StageSemantics.Lost => 'F', _ => 'P' };

    public static StageSemantics SemanticsOf(char letter) => letter switch
    {
        'S' => StageSemantics.Won,
        'F' => StageSemantics.Lost,
        _ => StageSemantics.Process,
    };
}
