namespace AutomationCrm.Domain.Crm.Pipelines;

/// <summary>An ordered set of stages of one item type; REST calls it category.</summary>
public sealed record Pipeline(int TypeId, int Id, string Name, int Sort, bool IsDefault, IReadOnlyList<Stage> Stages)
{
    public Stage First => Stages[0];

    public Stage? Find(string stageId) => Stages.FirstOrDefault(s => s.Id == stageId);
}
