using AutomationCrm.Application.Automation.Pausing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AutomationCrm.Application.Data.Configurations;

internal sealed class PauseConfiguration : IEntityTypeConfiguration<AutomationPause>, IEntityTypeConfiguration<HeldJob>
{
    public void Configure(EntityTypeBuilder<AutomationPause> builder)
    {
        builder.ToTable("automation_pause");
        builder.Property(p => p.Id).UseIdentity();
    }

    public void Configure(EntityTypeBuilder<HeldJob> builder)
    {
        builder.ToTable("held_job");
        builder.Property(h => h.Id).UseIdentity();
        builder.Property(h => h.Args).HasColumnType("jsonb");
    }
}
