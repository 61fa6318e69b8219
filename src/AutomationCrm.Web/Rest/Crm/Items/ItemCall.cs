using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Binding;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Query;
using AutomationCrm.Web.Rest.Protocol.Values;

namespace AutomationCrm.Web.Rest.Crm.Items;

/// <summary>One call about items of one type: its arguments as requests to the use cases, shared by both families of methods.</summary>
internal sealed class ItemCall(RestCall call, ItemType type, RestDialect dialect)
{
    private const int Tries = 5;

    private readonly RestFieldSet set = ItemFieldSets.Of(type, dialect);

    public ItemRows Rows => new(call, type, set);

    private ISender Sender => call.Get<ISender>();

    private RestValueReader Values => new(call.Format);

    public async Task<long> AddAsync(CancellationToken ct)
    {
        var input = ReadFields(isNew: true);
        // A new item has nothing to empty; a title that is not given is made.
        var values = input.Values.Where(v => !v.Value.IsEmpty).Concat(ContactPoints.Apply(type, _ => Value.Null, input.Multi)).ToDictionary();
        return await Sender.Send(new AddItem(type.Id, values), ct);
    }

    public async Task UpdateAsync(CancellationToken ct)
    {
        var (item, input) = (Item, ReadFields(isNew: false));
        for (var attempt = 1; ; attempt++)
        {
            var command = new UpdateItem(item, input.Values) { KeepsPipeline = set.IsClassic };
            if (input.Multi.Length > 0) command = await WithContactPointsAsync(command, input, ct);
            try
            {
                await Sender.Send(command, ct);
                return;
            }
            catch (ConflictException) when (attempt < Tries)
            {
                // Phones are changed one by one: somebody changed another one, so the list is made again.
            }
        }
    }

    public Task DeleteAsync(CancellationToken ct) => Sender.Send(new DeleteItem(Item), ct);

    public Task<Item> GetAsync(CancellationToken ct) => GetAsync(call.Arguments.Id("id"), ct);

    public Task<Item> GetAsync(long id, CancellationToken ct) => Sender.Send(new GetItem(new(type.Id, id)), ct);

    /// <summary>A page of rows as the client selected them.</summary>
    public async Task<(Protocol.Tree.RestList Rows, RestPage Page, int Total)> ListAsync(CancellationToken ct)
    {
        var (page, arguments) = (call.Arguments.Page(), call.Arguments);
        var selection = SelectParser.Parse(arguments.Find("select"), set, FieldCodes.Id);
        var query = new ItemQuery(type.Id, FilterNodes.Of(new FilterParser(set, Values).Parse(arguments.Find("filter"))))
        {
            Order = [.. OrderParser.Parse(arguments.Find("order"), set, FieldCodes.Id).Select(o => new ItemOrder(o.Field, o.Descending))],
            Offset = page.Offset,
            Limit = RestPage.Size,
            WithCount = page.Counted,
        };
        var found = await Sender.Send(new ListItems(query), ct);
        return (Rows.Write(found.Items, selection), page, (int)(found.Total ?? 0));
    }

    private ItemRef Item => new(type.Id, call.Arguments.Id("id"));

    private RestFieldsInput ReadFields(bool isNew) => new FieldsReader(set, Values).Read(call.Arguments.Map("fields"), call.Method, isNew);

    private async Task<UpdateItem> WithContactPointsAsync(UpdateItem command, RestFieldsInput input, CancellationToken ct)
    {
        var item = await GetAsync(ct);
        var points = ContactPoints.Apply(type, code => item[code], input.Multi).ToDictionary();
        return command with { Values = input.Values.Concat(points).ToDictionary(), SeenVersion = item.Version };
    }
}
