using System.Text;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Board;
using AutomationCrm.Application.Crm.Card;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Crm.Search;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Making;
using AutomationCrm.Application.Files;
using AutomationCrm.Application.Tests.Documents;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;

namespace AutomationCrm.Application.Tests.Items;

/// <summary>Who watches an item reads it and everything on it, and changes nothing.</summary>
public sealed class ObserverTests : IAsyncLifetime
{
    private AppFixture app = null!;
    private ItemRef deal;
    private long watcher;
    private long stranger;

    public async Task InitializeAsync()
    {
        app = await Paperwork.WithTemplatesAsync();
        (watcher, stranger) = (await app.AddPersonAsync("Mia"), await app.AddPersonAsync("Leo"));
        deal = ItemRef.Deal(await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value>
        {
            [FieldCodes.Title] = Value.Of("Quiet chairs"),
            [FieldCodes.Opened] = Value.False,
            [FieldCodes.Observers] = Value.Of([new UserValue(watcher)]),
        })));
    }

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task An_observer_finds_the_item_in_lists_on_the_board_and_by_searching()
    {
        async Task<(int Listed, int OnBoard, int Found, int Moves)> SeenByAsync(long person) => (
            (await app.SendAsync(new ListItems(new ItemQuery(ItemTypeIds.Deal)), person)).Items.Count,
            (await app.SendAsync(new GetBoard(ItemTypeIds.Deal, 0), person)).Columns.Sum(c => c.Cards.Count),
            (await app.SendAsync(new SearchEverything("quiet"), person)).Count,
            (await app.SendAsync(new ListStageHistory(ItemTypeIds.Deal), person)).Entries.Count);

        Assert.Equal((1, 1, 1, 1), await SeenByAsync(watcher));
        Assert.Equal((0, 0, 0, 0), await SeenByAsync(stranger));
    }

    [Fact]
    public async Task An_observer_reads_the_card_its_files_and_its_documents()
    {
        var file = await app.SendAsync(new AddItemFile(deal, "notes.txt", "hello"u8.ToArray()));
        var paper = (await app.SendAsync(new CreateDocument(Paperwork.Order(deal)))).Document;

        Assert.Equal("Quiet chairs", (await app.SendAsync(new GetItemCard(deal), watcher)).Item.Title);
        Assert.Equal("hello", Encoding.UTF8.GetString((await app.SendAsync(new GetFile(file), watcher)).Content));
        Assert.Equal(paper.Number, (await app.SendAsync(new GetDocument(paper.Id), watcher)).Document.Number);
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new GetItemCard(deal), stranger));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new GetFile(file), stranger));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new GetDocument(paper.Id), stranger));
    }

    [Fact]
    public async Task An_observer_changes_nothing_and_is_offered_nothing()
    {
        var card = await app.SendAsync(new GetItemCard(deal), watcher);

        Assert.Equal((false, false), (card.MayUpdate, card.MayDelete));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new UpdateItem(deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Mine") }), watcher));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new MoveItem(deal, "WON"), watcher));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new DeleteItem(deal), watcher));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new AddItemFile(deal, "a.txt", "a"u8.ToArray()), watcher));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new MoveItem(deal, "WON"), stranger));
        Assert.Equal(("Quiet chairs", "NEW"), ((await app.FindItemAsync(deal))!.Title, (await app.FindItemAsync(deal))!.StageId));
    }

    [Fact]
    public async Task Who_watches_no_longer_sees_no_longer()
    {
        await app.SendAsync(new UpdateItem(deal, new Dictionary<string, Value> { [FieldCodes.Observers] = Value.Of([new UserValue(stranger)]) }));

        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new GetItemCard(deal), watcher));
        Assert.Equal(deal, (await app.SendAsync(new GetItemCard(deal), stranger)).Item.Ref);
    }
}
