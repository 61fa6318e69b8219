using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.RecycleBin;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Crm.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AutomationCrm.Application.Data.Configurations;

internal sealed class HistoryConfiguration :
    IEntityTypeConfiguration<TaskItem>,
    IEntityTypeConfiguration<RecycledItem>,
    IEntityTypeConfiguration<Comment>,
    IEntityTypeConfiguration<Notification>,
    IEntityTypeConfiguration<TimelineNote>,
    IEntityTypeConfiguration<StoredEvent>,
    IEntityTypeConfiguration<StageHistoryEntry>,
    IEntityTypeConfiguration<StageTotal>,
    IEntityTypeConfiguration<StageTotalDelta>
{
    public void Configure(EntityTypeBuilder<TaskItem> builder)
    {
        builder.ToTable("task");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Checklist).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<RecycledItem> builder)
    {
        builder.ToTable("recycled_item").HasKey(r => new { r.TypeId, r.ItemId });
        builder.Property(r => r.Content).HasColumnType("jsonb");
        builder.Ignore(r => r.Ref);
    }

    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.ToTable("comment");
        builder.Property(c => c.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("notification");
        builder.Property(n => n.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<TimelineNote> builder)
    {
        builder.ToTable("timeline_note");
        builder.Property(n => n.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<StoredEvent> builder)
    {
        builder.ToTable("event").HasKey(e => new { e.TypeId, e.ItemId, e.Version, e.At });
        builder.Property(e => e.Changes).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<StageHistoryEntry> builder)
    {
        builder.ToTable("stage_history");
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.Semantics).HasColumnType("\"char\"");
    }

    public void Configure(EntityTypeBuilder<StageTotal> builder)
    {
        builder.ToTable("stage_total").HasKey(t => new { t.TypeId, t.PipelineId, t.StageId });
        builder.Property(t => t.Amount).HasPrecision(20, 2);
    }

    public void Configure(EntityTypeBuilder<StageTotalDelta> builder)
    {
        builder.ToTable("stage_total_delta");
        builder.Property(d => d.Amount).HasPrecision(18, 2);
    }
}
