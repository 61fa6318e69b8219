using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Incidents.Bulk;
using AutomationCrm.Application.Automation.Metrics;
using AutomationCrm.Application.Automation.Pausing;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.RecycleBin;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.QrPages;
using AutomationCrm.Application.Files;
using AutomationCrm.Application.Import;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Messages.Chat;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Application.Messages.Sms;
using AutomationCrm.Application.People;
using AutomationCrm.Application.People.SecondFactors;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.WebForms;
using AutomationCrm.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Data;

/// <summary>
/// Configuration, people and reading of histories. Items and the executor's tables are written by the unit of work and the lane
/// store, never from here (decision 0002).
/// </summary>
public sealed class CrmDbContext(DbContextOptions<CrmDbContext> options) : DbContext(options)
{
    public DbSet<Person> People => Set<Person>();

    public DbSet<Department> Departments => Set<Department>();

    public DbSet<SignInSession> SignInSessions => Set<SignInSession>();

    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();

    public DbSet<SecondFactor> SecondFactors => Set<SecondFactor>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<PipelineRow> Pipelines => Set<PipelineRow>();

    public DbSet<StageRow> Stages => Set<StageRow>();

    public DbSet<CurrencyRow> Currencies => Set<CurrencyRow>();

    public DbSet<GlobalValue> GlobalValues => Set<GlobalValue>();

    public DbSet<GlobalValueChange> GlobalValueChanges => Set<GlobalValueChange>();

    public DbSet<ConfigVersion> ConfigVersions => Set<ConfigVersion>();

    public DbSet<ConfigurationStamp> ConfigurationStamps => Set<ConfigurationStamp>();

    public DbSet<TaskItem> Tasks => Set<TaskItem>();

    public DbSet<RecycledItem> RecycledItems => Set<RecycledItem>();

    public DbSet<Comment> Comments => Set<Comment>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<TimelineNote> TimelineNotes => Set<TimelineNote>();

    public DbSet<ItemFile> ItemFiles => Set<ItemFile>();

    public DbSet<DocumentTemplate> DocumentTemplates => Set<DocumentTemplate>();

    public DbSet<DocumentTemplateVersion> DocumentTemplateVersions => Set<DocumentTemplateVersion>();

    public DbSet<Document> Documents => Set<Document>();

    public DbSet<QrPage> QrPages => Set<QrPage>();

    public DbSet<StoredEvent> Events => Set<StoredEvent>();

    public DbSet<StageHistoryEntry> StageHistory => Set<StageHistoryEntry>();

    public DbSet<StageTotal> StageTotals => Set<StageTotal>();

    public DbSet<StageTotalDelta> StageTotalDeltas => Set<StageTotalDelta>();

    public DbSet<Run> Runs => Set<Run>();

    public DbSet<AutomationPause> AutomationPauses => Set<AutomationPause>();

    public DbSet<HeldJob> HeldJobs => Set<HeldJob>();

    public DbSet<Launch> Launches => Set<Launch>();

    public DbSet<LaunchItem> LaunchItems => Set<LaunchItem>();

    public DbSet<RobotRun> RobotRuns => Set<RobotRun>();

    public DbSet<RobotStat> RobotStats => Set<RobotStat>();

    public DbSet<RobotStatDelta> RobotStatDeltas => Set<RobotStatDelta>();

    public DbSet<BulkDecision> BulkDecisions => Set<BulkDecision>();

    public DbSet<BulkDecisionRow> BulkDecisionRows => Set<BulkDecisionRow>();

    public DbSet<Chain> Chains => Set<Chain>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<DeliveryAttempt> DeliveryAttempts => Set<DeliveryAttempt>();

    public DbSet<Incident> Incidents => Set<Incident>();

    public DbSet<TimerRow> Timers => Set<TimerRow>();

    public DbSet<Watch> Watches => Set<Watch>();
    public DbSet<TriggerRecord> TriggerRecords => Set<TriggerRecord>();

    public DbSet<ApplicationTriggerRow> ApplicationTriggers => Set<ApplicationTriggerRow>();

    public DbSet<WebForm> WebForms => Set<WebForm>();

    public DbSet<ClientLink> ClientLinks => Set<ClientLink>();

    public DbSet<TaskDeadline> TaskDeadlines => Set<TaskDeadline>();

    public DbSet<Node> Nodes => Set<Node>();

    public DbSet<ImportJob> ImportJobs => Set<ImportJob>();

    public DbSet<ImportProblem> ImportProblems => Set<ImportProblem>();

    public DbSet<MailMessage> Mails => Set<MailMessage>();

    public DbSet<MailLink> MailLinks => Set<MailLink>();

    public DbSet<MailOptout> MailOptouts => Set<MailOptout>();

    public DbSet<ChatMessage> ChatMessages => Set<ChatMessage>();

    public DbSet<SmsProvider> SmsProviders => Set<SmsProvider>();

    public DbSet<ChatWebhook> ChatWebhooks => Set<ChatWebhook>();

    /// <summary>Saves changes of configuration and raises the stamp in the same transaction, so that every node sees them with its next read.</summary>
    public async Task SaveConfigurationAsync(CancellationToken ct)
    {
        await using var transaction = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(ct) : null;
        await SaveChangesAsync(ct);
        await ConfigurationStamps.ExecuteUpdateAsync(set => set.SetProperty(s => s.Value, s => s.Value + 1), ct);
        if (transaction is not null) await transaction.CommitAsync(ct);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CrmDbContext).Assembly);
        SqlText.Map(modelBuilder);
        SnakeCase.Apply(modelBuilder);
    }
}
