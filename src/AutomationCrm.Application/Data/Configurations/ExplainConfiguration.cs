using AutomationCrm.Application.Automation.Incidents.Bulk;
using AutomationCrm.Application.Automation.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AutomationCrm.Application.Data.Configurations;

internal sealed class ExplainConfiguration :
    IEntityTypeConfiguration<RobotStat>,
    IEntityTypeConfiguration<RobotStatDelta>,
    IEntityTypeConfiguration<BulkDecision>,
    IEntityTypeConfiguration<BulkDecisionRow>
{
    public void Configure(EntityTypeBuilder<RobotStat> builder) => builder.ToTable("robot_stat").HasKey(s => new { s.TypeId, s.StageId, s.RobotKey, s.Day });

    public void Configure(EntityTypeBuilder<RobotStatDelta> builder)
    {
        builder.ToTable("robot_stat_delta");
        builder.Property(d => d.Id).UseIdentity();
    }

    public void Configure(EntityTypeBuilder<BulkDecision> builder)
    {
        builder.ToTable("bulk_decision");
        builder.Property(d => d.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<BulkDecisionRow> builder) => builder.ToTable("bulk_decision_row").HasKey(r => new { r.DecisionId, r.IncidentId });
}
