using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Domain.Tests.Crm;

public sealed class StageTests
{
    [Theory]
    [InlineData(ItemTypeIds.Deal, 0, "NEW PREPARATION PREPAYMENT_INVOICE EXECUTING FINAL_INVOICE WON LOSE APOLOGY")]
    [InlineData(ItemTypeIds.Deal, 3, "C3:NEW C3:PREPARATION C3:PREPAYMENT_INVOICE C3:EXECUTING C3:FINAL_INVOICE C3:WON C3:LOSE C3:APOLOGY")]
    [InlineData(ItemTypeIds.Lead, 0, "NEW IN_PROCESS PROCESSED CONVERTED JUNK")]
    [InlineData(ItemTypeIds.Quote, 0, "DRAFT SENT APPROVED DECLAINED APOLOGY")]
    [InlineData(ItemTypeIds.Invoice, 1, "DT31_1:N DT31_1:S DT31_1:P DT31_1:D")]
    public void A_new_pipeline_has_bitrix24s_stages_in_order(int typeId, int pipelineId, string ids) =>
        Assert.Equal(ids, string.Join(' ', DefaultStages.For(typeId, pipelineId).OrderBy(s => s.Sort).Select(s => s.Id)));

    [Theory]
    [InlineData(ItemTypeIds.Deal)]
    [InlineData(ItemTypeIds.Lead)]
    [InlineData(ItemTypeIds.Quote)]
    [InlineData(ItemTypeIds.Invoice)]
    public void Work_comes_first_then_one_success_then_failures(int typeId)
    {
        var letters = string.Concat(DefaultStages.For(typeId, 1).Select(s => s.SemanticsLetter));
        Assert.Matches("^P+SF+$", letters);
    }

    [Fact]
    public void Items_without_stages_have_no_default_stages() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DefaultStages.For(ItemTypeIds.Company, 0));

    [Fact]
    public void Field_codes_and_names_are_unique_within_a_type()
    {
        foreach (var type in ItemType.BuiltIn)
        {
            Assert.Equal(type.Fields.All.Count, type.Fields.All.Select(f => f.Code).Distinct().Count());
            Assert.Equal(type.Fields.All.Count, type.Fields.All.Select(f => f.ItemName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        }
    }

    [Fact]
    public void A_lead_calls_its_stage_status_in_rest() =>
        Assert.Equal(FieldCodes.Stage, ItemType.Lead.Fields.FindByAnyName("status_id")!.Code);
}
