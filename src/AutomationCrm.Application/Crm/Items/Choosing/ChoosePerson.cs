using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions.Values;
using FluentValidation;

namespace AutomationCrm.Application.Crm.Items.Choosing;

public enum PersonChoice
{
    /// <summary>The first of the list.</summary>
    First,

    /// <summary>One after the other; whose turn it is survives restarts.</summary>
    RoundRobin,

    /// <summary>Who is responsible for the fewest open items of the type.</summary>
    LeastLoaded,
    Random,

    /// <summary>The head of the first of the list.</summary>
    HeadOf,
}

/// <summary>Chooses one of several people who works here and is not away; null when nobody is left.</summary>
/// <param name="Series">Names the row of turns, for example a robot.</param>
public sealed record ChoosePerson(IReadOnlyList<long> People, PersonChoice Choice, string Series) : ICommand<long?>
{
    public bool SkipAbsent { get; init; } = true;

    /// <summary>Whose open items count as load.</summary>
    public int TypeId { get; init; }

    /// <summary>Makes the random choice repeatable.</summary>
    public ulong Seed { get; init; }
}

internal sealed class ChoosePersonValidator : AbstractValidator<ChoosePerson>
{
    public ChoosePersonValidator()
    {
        RuleFor(c => c.People).NotEmpty().Must(p => p is null || p.Count <= 200).Refuses("people.too_many", "'{PropertyName}' takes at most 200 people.");
        RuleFor(c => c.Series).NotEmpty().MaximumLength(200);
    }
}

internal sealed class ChoosePersonHandler(IUnitOfWork work, IWorkStore store, IAccess access, PeopleLoad load) : IRequestHandler<ChoosePerson, long?>
{
    public async Task<long?> Handle(ChoosePerson request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "choose people");
        var people = request.People.Distinct().Select(Find).ToList();
        if (request.Choice == PersonChoice.HeadOf) people = HeadsAbove(people[0]);
        if (request.Choice == PersonChoice.RoundRobin) people = await InTurnAsync(people, request.Series, cancellationToken);

        var today = DateOnly.FromDateTime(Zones.ToLocal(work.Now, work.Portal.Calendar.Zone));
        var here = people.Where(p => p.IsActive && !(request.SkipAbsent && p.IsAbsentOn(today))).Select(p => p.Id).ToList();
        if (here.Count == 0) return null;

        var chosen = request.Choice switch
        {
            PersonChoice.LeastLoaded => await load.LeastAsync(request.TypeId, here, cancellationToken),
            PersonChoice.Random => here[(int)(Mix(request.Seed) % (ulong)here.Count)],
            _ => here[0],
        };
        load.Took(request.TypeId, chosen);
        return chosen;
    }

    private Person Find(long id) => work.Portal.People.GetValueOrDefault(id) ?? throw new RuleBrokenException("person.unknown", $"There is no person {id}.", "people");

    // The next head above stands in for one who is away.
    private List<Person> HeadsAbove(Person person)
    {
        var heads = new List<Person>();
        while (heads.Count < 20 && work.Portal.SupervisorOf(person.Id) is { } head && !heads.Contains(head)) heads.Add(person = head);
        return heads;
    }

    // The turn goes over all of the list, so that who is away today has his place tomorrow.
    private async Task<List<Person>> InTurnAsync(List<Person> people, string series, CancellationToken ct)
    {
        await work.LockForCommandAsync([], ct);
        var turn = (int)(await store.NextInTurnAsync(series, ct) % people.Count);
        return [.. people.Skip(turn), .. people.Take(turn)];
    }

    /// <summary>Spreads neighbouring numbers over the whole range (the finalizer of SplitMix64).</summary>
    private static ulong Mix(ulong seed)
    {
        var z = seed + 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

/// <summary>How many open items people are responsible for: as stored, and what this unit has given them since.</summary>
internal sealed class PeopleLoad(IItemReader reader)
{
    private readonly Dictionary<(int TypeId, long Person), long> open = [];

    public async Task<long> LeastAsync(int typeId, IReadOnlyList<long> people, CancellationToken ct)
    {
        var missing = people.Where(p => !open.ContainsKey((typeId, p))).ToList();
        if (missing.Count > 0)
        {
            var counted = await reader.CountOpenAsync(typeId, missing, ct);
            foreach (var person in missing) open[(typeId, person)] = counted.GetValueOrDefault(person);
        }

        return people.MinBy(p => open[(typeId, p)]);
    }

    public void Took(int typeId, long person)
    {
        if (open.TryGetValue((typeId, person), out var count)) open[(typeId, person)] = count + 1;
    }
}
