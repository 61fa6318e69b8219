namespace AutomationCrm.Application.Robots;

/// <summary>A robot type whose settings are a record; descriptor and binding are derived from its <see cref="SettingAttribute"/>s.</summary>
public abstract class Robot<TSettings>(string code, RobotKind kind, string group) : IRobot
    where TSettings : class, new()
{
    private static readonly SettingsBinder<TSettings> Binder = new();

    private RobotDescriptor? descriptor;

    public RobotDescriptor Descriptor => descriptor ??= new(code, kind, group, Binder.Fields, Results);

    protected virtual IReadOnlyList<Domain.Crm.Fields.Field> Results => [];

    public Task<Outcome> RunAsync(SettingValues settings, RobotContext context, CancellationToken ct) => RunAsync(Binder.Bind(settings), context, ct);

    public Task<Outcome> ContinueAsync(SettingValues settings, RobotContext context, WaitAnswer answer, CancellationToken ct) => ContinueAsync(Binder.Bind(settings), context, answer, ct);

    public PreparedEffect Prepare(SettingValues settings, RobotContext context) => Prepare(Binder.Bind(settings), context);

    public virtual IReadOnlyList<Domain.Crm.Fields.Field> ResultsOf(System.Text.Json.JsonElement settings) => Descriptor.Results;

    public virtual Type? Needs => null;

    public Task<PreparedEffect> PrepareAsync(SettingValues settings, RobotContext context, CancellationToken ct) => PrepareAsync(Binder.Bind(settings), context, ct);

    public virtual Func<string, string>? Encoder(string setting, IReadOnlyDictionary<string, string> constants) => null;

    protected virtual Task<Outcome> RunAsync(TSettings settings, RobotContext context, CancellationToken ct) =>
        throw new NotSupportedException($"{code} is an effect robot.");

    protected virtual Task<Outcome> ContinueAsync(TSettings settings, RobotContext context, WaitAnswer answer, CancellationToken ct) =>
        Task.FromResult<Outcome>(new Outcome.Done(answer.Results));

    protected virtual PreparedEffect Prepare(TSettings settings, RobotContext context) =>
        throw new NotSupportedException($"{code} has no outside effect.");

    protected virtual Task<PreparedEffect> PrepareAsync(TSettings settings, RobotContext context, CancellationToken ct) => Task.FromResult(Prepare(settings, context));
}
