using AutomationCrm.Application.Automation.Triggers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AutomationCrm.Application.Data.Configurations;

internal sealed class TriggerConfiguration : IEntityTypeConfiguration<TriggerRecord>, IEntityTypeConfiguration<TaskDeadline>, IEntityTypeConfiguration<ApplicationTriggerRow>
{
    public void Configure(EntityTypeBuilder<TriggerRecord> builder)
    {
        builder.ToTable("trigger_record");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Facts).HasColumnType("jsonb");
        builder.Property(r => r.Candidates).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<ApplicationTriggerRow> builder) => builder.ToTable("application_trigger").HasKey(t => t.Code);

    public void Configure(EntityTypeBuilder<TaskDeadline> builder)
    {
        builder.ToTable("task_deadline").HasKey(d => d.TaskId);
        builder.Property(d => d.TaskId).ValueGeneratedNever();
    }
}
