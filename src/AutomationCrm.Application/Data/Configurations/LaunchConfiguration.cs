using AutomationCrm.Application.Automation.Scripts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AutomationCrm.Application.Data.Configurations;

internal sealed class LaunchConfiguration : IEntityTypeConfiguration<Launch>, IEntityTypeConfiguration<LaunchItem>
{
    public void Configure(EntityTypeBuilder<Launch> builder)
    {
        builder.ToTable("launch");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Content).HasColumnType("jsonb");
        builder.Property(l => l.Facts).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<LaunchItem> builder) => builder.ToTable("launch_item").HasKey(i => new { i.LaunchId, i.Position });
}
