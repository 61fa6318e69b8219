using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Import;
using AutomationCrm.Application.Lanes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AutomationCrm.Application.Data.Configurations;

internal sealed class AutomationConfiguration :
    IEntityTypeConfiguration<Run>,
    IEntityTypeConfiguration<RobotRun>,
    IEntityTypeConfiguration<Chain>,
    IEntityTypeConfiguration<Delivery>,
    IEntityTypeConfiguration<DeliveryAttempt>,
    IEntityTypeConfiguration<Incident>,
    IEntityTypeConfiguration<TimerRow>,
    IEntityTypeConfiguration<Node>,
    IEntityTypeConfiguration<ImportJob>,
    IEntityTypeConfiguration<ImportProblem>
{
    public void Configure(EntityTypeBuilder<Run> builder)
    {
        builder.ToTable("run");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Facts).HasColumnType("jsonb");
        builder.Property(r => r.Variables).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<RobotRun> builder)
    {
        builder.ToTable("robot_run");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.RawSettings).HasColumnType("jsonb");
        builder.Property(r => r.Settings).HasColumnType("jsonb");
        builder.Property(r => r.Operands).HasColumnType("jsonb");
        builder.Property(r => r.Results).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<Chain> builder)
    {
        builder.ToTable("chain");
        builder.Property(c => c.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.ToTable("delivery").HasKey(d => d.EffectKey);
        builder.Property(d => d.EffectKey).ValueGeneratedNever();
        builder.Property(d => d.Request).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<DeliveryAttempt> builder) => builder.ToTable("delivery_attempt").HasKey(a => new { a.EffectKey, a.Attempt });

    public void Configure(EntityTypeBuilder<Incident> builder)
    {
        builder.ToTable("incident");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Args).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<TimerRow> builder)
    {
        builder.ToTable("timer");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Args).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<Node> builder)
    {
        builder.ToTable("node");
        builder.Property(n => n.Id).UseIdentity();
    }

    public void Configure(EntityTypeBuilder<ImportJob> builder)
    {
        builder.ToTable("import_job");
        builder.Property(j => j.Id).ValueGeneratedNever();
        builder.Property(j => j.Options).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<ImportProblem> builder) => builder.ToTable("import_problem").HasKey(p => new { p.ImportId, p.Number });
}
