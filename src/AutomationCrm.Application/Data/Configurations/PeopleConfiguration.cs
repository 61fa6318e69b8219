using AutomationCrm.Application.People;
using AutomationCrm.Application.People.SecondFactors;
using AutomationCrm.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AutomationCrm.Application.Data.Configurations;

internal sealed class PeopleConfiguration :
    IEntityTypeConfiguration<Person>,
    IEntityTypeConfiguration<Department>,
    IEntityTypeConfiguration<SignInSession>,
    IEntityTypeConfiguration<OneTimeLink>,
    IEntityTypeConfiguration<SecondFactor>,
    IEntityTypeConfiguration<RecoveryCode>,
    IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("person");
        builder.Ignore(p => p.FullName);
        builder.Property(p => p.Id).UseIdentity();
    }

    public void Configure(EntityTypeBuilder<Department> builder)
    {
        builder.ToTable("department");
        builder.Property(d => d.Id).UseIdentity();
    }

    public void Configure(EntityTypeBuilder<SignInSession> builder) => builder.ToTable("sign_in_session").HasKey(s => s.TokenHash);

    public void Configure(EntityTypeBuilder<OneTimeLink> builder) => builder.ToTable("one_time_link").HasKey(l => l.TokenHash);

    public void Configure(EntityTypeBuilder<SecondFactor> builder)
    {
        builder.ToTable("second_factor").HasKey(f => f.PersonId);
        builder.Property(f => f.PersonId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> builder) => builder.ToTable("recovery_code").HasKey(c => new { c.PersonId, c.CodeHash });

    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhook");
        builder.Property(w => w.Id).UseIdentity();
    }
}
