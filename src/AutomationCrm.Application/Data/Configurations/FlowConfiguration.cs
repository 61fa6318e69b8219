using AutomationCrm.Application.Automation.Waits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AutomationCrm.Application.Data.Configurations;

internal sealed class FlowConfiguration : IEntityTypeConfiguration<Watch>
{
    public void Configure(EntityTypeBuilder<Watch> builder)
    {
        builder.ToTable("watch").HasKey(w => new { w.TypeId, w.ItemId, w.Signal, w.RobotRunId });
        builder.Property(w => w.Args).HasColumnType("jsonb");
    }
}
