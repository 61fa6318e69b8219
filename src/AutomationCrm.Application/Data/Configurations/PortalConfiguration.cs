using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Portal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AutomationCrm.Application.Data.Configurations;

internal sealed class PortalConfiguration :
    IEntityTypeConfiguration<PipelineRow>,
    IEntityTypeConfiguration<StageRow>,
    IEntityTypeConfiguration<CurrencyRow>,
    IEntityTypeConfiguration<ConfigVersion>,
    IEntityTypeConfiguration<ConfigurationStamp>,
    IEntityTypeConfiguration<GlobalValue>,
    IEntityTypeConfiguration<GlobalValueChange>
{
    public void Configure(EntityTypeBuilder<GlobalValue> builder)
    {
        builder.ToTable("global_value").HasKey(g => g.Code);
        builder.Ignore(g => g.AsField);
        builder.Ignore(g => g.Current);
        builder.Property(g => g.Kind).HasConversion<string>();
        builder.Property(g => g.Value).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<GlobalValueChange> builder)
    {
        builder.ToTable("global_value_change").HasKey(c => new { c.Code, c.Version });
        builder.Property(c => c.Value).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<PipelineRow> builder) => builder.ToTable("pipeline").HasKey(p => new { p.TypeId, p.Id });

    public void Configure(EntityTypeBuilder<StageRow> builder)
    {
        builder.ToTable("stage").HasKey(s => new { s.TypeId, s.Id });
        builder.Property(s => s.Semantics).HasColumnType("\"char\"");
    }

    public void Configure(EntityTypeBuilder<CurrencyRow> builder)
    {
        builder.ToTable("currency").HasKey(c => c.Code);
        builder.Property(c => c.Rate).HasPrecision(18, 8);
    }

    public void Configure(EntityTypeBuilder<ConfigVersion> builder)
    {
        builder.ToTable("config_version").HasKey(v => new { v.Kind, v.Key, v.Number });
        builder.Property(v => v.Content).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<ConfigurationStamp> builder)
    {
        builder.ToTable("configuration_stamp");
        builder.Property(s => s.Id).ValueGeneratedNever();
    }
}
