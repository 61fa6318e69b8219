using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Demo;

/// <summary>Fills the portal with companies, contacts, deals, leads, proposals and invoices that have lived through the last three months; answers how many items.</summary>
/// <param name="AdministratorId">Author of what nobody of the demo people did.</param>
public sealed record LoadDemo(long AdministratorId) : ICommand<int>;

internal sealed class LoadDemoHandler(ISender sender, UnitOfWork work, IPortal portal, TimeProvider clock) : IRequestHandler<LoadDemo, int>
{
    private const int Deals = 200;
    private const int Days = 90;

    // The same numbers each time: a demo that can be talked about.
    private readonly Random random = new(20_260_105);

    public async Task<int> Handle(LoadDemo request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var snapshot = await portal.FreshAsync(cancellationToken);
        var sellers = snapshot.People.Values.Where(p => p is { IsDemo: true, Position: "Sales manager" }).Select(p => p.Id).Order().ToList();
        work.Caller.Quiet = true;
        var companies = await AddCompaniesAsync(now, request.AdministratorId, cancellationToken);
        var contacts = await AddContactsAsync(now, request.AdministratorId, companies, cancellationToken);
        var items = companies.Count + contacts.Count;
        items += await AddPipelineAsync(snapshot.Pipeline(ItemTypeIds.Deal, 0)!, Deals * 4 / 5, now, sellers, companies, contacts, cancellationToken);
        items += await AddPipelineAsync(snapshot.Pipeline(ItemTypeIds.Deal, 1)!, Deals / 5, now, sellers, companies, contacts, cancellationToken);
        items += await AddPipelineAsync(snapshot.DefaultPipeline(ItemTypeIds.Lead)!, 24, now, sellers, companies, contacts, cancellationToken);
        items += await AddPipelineAsync(snapshot.DefaultPipeline(ItemTypeIds.Quote)!, 18, now, sellers, companies, contacts, cancellationToken);
        items += await AddPipelineAsync(snapshot.DefaultPipeline(ItemTypeIds.Invoice)!, 22, now, sellers, companies, contacts, cancellationToken);
        work.Caller.Quiet = false;
        work.Caller.Become(request.AdministratorId, isAdmin: true, Origin.Setup);
        return items;
    }

    private async Task<List<long>> AddCompaniesAsync(DateTimeOffset now, long author, CancellationToken ct)
    {
        var added = new List<long>();
        work.Caller.Become(author, isAdmin: true, Origin.Setup);
        for (var i = 0; i < DemoNames.Companies.Count; i++)
        {
            work.TravelTo(now.AddDays(-Days - 1).AddMinutes(i));
            var (name, industry) = DemoNames.Companies[i];
            added.Add(await sender.Send(new AddItem(ItemTypeIds.Company, new Dictionary<string, Value>
            {
                [FieldCodes.Title] = Value.Of(name),
                ["INDUSTRY"] = Value.Of(industry),
                ["COMPANY_TYPE"] = Value.Of("CUSTOMER"),
                ["REVENUE"] = Value.Of((decimal)random.Next(5, 900) * 100_000),
                ["EMPLOYEES"] = Value.Of($"{random.Next(2, 40) * 10}"),
                [FieldCodes.Phone] = Value.Of([new ContactPointValue(0, "WORK", $"+49 30 {random.Next(1_000_000, 9_999_999)}")]),
                [FieldCodes.Email] = Value.Of([new ContactPointValue(0, "WORK", $"office@{DemoNames.Domain(name)}")]),
            }), ct));
        }

        return added;
    }

    private async Task<List<(long Id, long Company)>> AddContactsAsync(DateTimeOffset now, long author, List<long> companies, CancellationToken ct)
    {
        var added = new List<(long, long)>();
        work.Caller.Become(author, isAdmin: true, Origin.Setup);
        for (var i = 0; i < companies.Count * 2; i++)
        {
            work.TravelTo(now.AddDays(-Days - 1).AddMinutes(100 + i));
            var (company, first, last) = (companies[i / 2], DemoNames.FirstNames[i % DemoNames.FirstNames.Count], DemoNames.LastNames[i * 7 % DemoNames.LastNames.Count]);
            added.Add((await sender.Send(new AddItem(ItemTypeIds.Contact, new Dictionary<string, Value>
            {
                [FieldCodes.Name] = Value.Of(first),
                [FieldCodes.LastName] = Value.Of(last),
                ["POST"] = Value.Of(i % 2 == 0 ? "Head of procurement" : "Managing director"),
                [FieldCodes.Company] = new ItemValue(ItemTypeIds.Company, company),
                [FieldCodes.Phone] = Value.Of([new ContactPointValue(0, "MOBILE", $"+49 170 {random.Next(1_000_000, 9_999_999)}")]),
                [FieldCodes.Email] = Value.Of([new ContactPointValue(0, "WORK", $"{first}.{last}@{DemoNames.Domain(DemoNames.Companies[i / 2].Name)}".ToLowerInvariant())]),
            }), ct), company));
        }

        return added;
    }

    private async Task<int> AddPipelineAsync(Pipeline pipeline, int count, DateTimeOffset now, List<long> sellers, List<long> companies, List<(long Id, long Company)> contacts, CancellationToken ct)
    {
        for (var i = 0; i < count; i++)
        {
            var seller = sellers[random.Next(sellers.Count)];
            var begun = now.AddDays(-random.NextDouble() * Days).AddMinutes(-5);
            work.TravelTo(begun);
            work.Caller.Become(seller, isAdmin: false, Origin.Setup);
            var contact = contacts[random.Next(contacts.Count)];
            var item = new ItemRef(pipeline.TypeId, await sender.Send(new AddItem(pipeline.TypeId, Values(pipeline, seller, contact, begun)), ct));
            await WalkAsync(item, pipeline, begun, now, seller, ct);
        }

        return count;
    }

    private Dictionary<string, Value> Values(Pipeline pipeline, long seller, (long Id, long Company) contact, DateTimeOffset begun)
    {
        var subject = DemoNames.Subjects[random.Next(DemoNames.Subjects.Count)];
        var values = new Dictionary<string, Value>
        {
            [FieldCodes.Title] = Value.Of(subject),
            [FieldCodes.Pipeline] = Value.Of((decimal)pipeline.Id),
            [FieldCodes.Responsible] = new UserValue(seller),
            [FieldCodes.Amount] = Value.Of((decimal)random.Next(4, 400) * (pipeline.Id == 1 ? 1_000 : 250)),
            [FieldCodes.Currency] = Value.Of(random.Next(6) == 0 ? "USD" : "EUR"),
            [FieldCodes.Company] = new ItemValue(ItemTypeIds.Company, contact.Company),
            [FieldCodes.Contact] = new ItemValue(ItemTypeIds.Contact, contact.Id),
        };
        if (pipeline.TypeId != ItemTypeIds.Lead)
        {
            values[FieldCodes.BeginDate] = Value.Of(DateOnly.FromDateTime(begun.UtcDateTime));
            values[FieldCodes.CloseDate] = Value.Of(DateOnly.FromDateTime(begun.UtcDateTime).AddDays(random.Next(20, 120)));
        }

        return values;
    }

    /// <summary>Lets the item walk stage by stage until today, or to an end.</summary>
    private async Task WalkAsync(ItemRef item, Pipeline pipeline, DateTimeOffset begun, DateTimeOffset now, long seller, CancellationToken ct)
    {
        var open = pipeline.Stages.Where(s => !s.IsFinal).ToList();
        var at = begun;
        for (var position = 0; ; position++)
        {
            at = at.AddDays(1 + (random.NextDouble() * 16));
            if (at > now.AddMinutes(-1)) return;

            var ends = random.Next(100) < 14;
            var stage = position + 1 < open.Count && !ends ? open[position + 1]
                : random.Next(100) < 55 ? pipeline.Stages.First(s => s.Semantics == StageSemantics.Won)
                : pipeline.Stages.Last(s => s.Semantics == StageSemantics.Lost);
            work.TravelTo(at);
            work.Caller.Become(seller, isAdmin: false, Origin.Setup);
            await sender.Send(new MoveItem(item, stage.Id), ct);
            if (stage.IsFinal) return;
        }
    }
}
