using AutomationCrm.Application.WebForms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AutomationCrm.Application.Data.Configurations;

internal sealed class WebFormConfiguration : IEntityTypeConfiguration<WebForm>, IEntityTypeConfiguration<ClientLink>
{
    public void Configure(EntityTypeBuilder<WebForm> builder)
    {
        builder.ToTable("web_form");
        builder.Property(f => f.Id).UseIdentity();
    }

    public void Configure(EntityTypeBuilder<ClientLink> builder) => builder.ToTable("client_link").HasKey(l => new { l.TypeId, l.ItemId });
}
