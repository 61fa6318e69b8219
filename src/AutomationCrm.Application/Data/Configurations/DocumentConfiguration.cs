using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AutomationCrm.Application.Data.Configurations;

internal sealed class DocumentConfiguration :
    IEntityTypeConfiguration<ItemFile>,
    IEntityTypeConfiguration<DocumentTemplate>,
    IEntityTypeConfiguration<DocumentTemplateVersion>,
    IEntityTypeConfiguration<Document>
{
    public void Configure(EntityTypeBuilder<ItemFile> builder) => builder.ToTable("item_file").HasKey(f => f.FileId);

    public void Configure(EntityTypeBuilder<DocumentTemplate> builder)
    {
        builder.ToTable("document_template");
        builder.Property(t => t.Id).UseIdentity();
    }

    public void Configure(EntityTypeBuilder<DocumentTemplateVersion> builder) => builder.ToTable("document_template_version").HasKey(v => new { v.TemplateId, v.Number });

    public void Configure(EntityTypeBuilder<Document> builder)
    {
        builder.ToTable("document");
        builder.Property(d => d.Id).ValueGeneratedNever();
    }
}
