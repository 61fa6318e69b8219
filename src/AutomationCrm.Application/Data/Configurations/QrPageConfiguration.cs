using AutomationCrm.Application.Documents.QrPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AutomationCrm.Application.Data.Configurations;

internal sealed class QrPageConfiguration : IEntityTypeConfiguration<QrPage>
{
    public void Configure(EntityTypeBuilder<QrPage> builder)
    {
        builder.ToTable("qr_page");
        builder.Property(p => p.Id).ValueGeneratedNever();
    }
}
