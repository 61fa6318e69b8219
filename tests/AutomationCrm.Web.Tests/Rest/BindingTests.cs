using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Binding;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Values;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest;

public sealed class BindingTests
{
    private static readonly RestMethod Add = RestHost.Table.Find("crm.item.add")!;

    public static TheoryData<Exception, string, int, string, string> Errors => new()
    {
        { new NotFoundException("Item", "2:5"), "crm.item.get", 400, "NOT_FOUND", "Item not found" },
        { new NotFoundException("Item", "2:5"), "crm.deal.get", 400, "", "Not found" },
        { new AccessDeniedException("change this item"), "crm.deal.update", 400, "", "Access denied." },
        { new AccessDeniedException("change this item"), "crm.item.add", 400, "ACCESS_DENIED", "Access denied." },
        { new RuleBrokenException("field.required", "The field TITLE must not be empty.", "TITLE"), "crm.item.add", 400, "CRM_FIELD_ERROR_REQUIRED", "The field TITLE must not be empty." },
        { new RuleBrokenException("field.type", "The field OPPORTUNITY takes a number.", "OPPORTUNITY"), "crm.item.add", 400, "CRM_FIELD_ERROR_VALUE_NOT_VALID", "The field OPPORTUNITY takes a number." },
        { new RuleBrokenException("stage.unknown", "There is no stage X.", "STAGE_ID"), "automation.stub.set", 400, "stage.unknown", "There is no stage X." },
        { new ConflictException("Anna changed TITLE in the meantime.", 7, ["TITLE"]), "crm.item.add", 409, "CONFLICT", "Anna changed TITLE in the meantime." },
    };

    public static TheoryData<int> Types => [.. ItemType.BuiltIn.Select(t => t.Id)];

    [Theory]
    [MemberData(nameof(Errors))]
    public void What_a_use_case_throws_is_told_in_the_words_of_the_family(Exception thrown, string method, int status, string code, string description)
    {
        var error = new UseCaseErrors().Map(thrown, RestHost.Table.Find(method)!)!;

        Assert.Equal((status, code, description), (error.Status, error.Code, error.Description));
    }

    [Fact]
    public void An_exception_nobody_expects_stays_an_internal_error() => Assert.Null(new UseCaseErrors().Map(new InvalidOperationException(), Add));

    [Fact]
    public void A_command_id_belongs_to_one_webhook_and_one_method()
    {
        var id = Guid.CreateVersion7();
        Guid? Of(long webhook, string method, Guid? given)
        {
            var caller = new Caller();
            new CallerScope(caller).Begin(new RestRequest(method, [], new WebhookIdentity(webhook, 7, IsAdministrator: false, new HashSet<string>())) { CommandId = given }, RestHost.Table.Find(method)!);
            Assert.Equal((7, false, Origin.Rest), (caller.PersonId, caller.IsAdmin, caller.Origin));
            return caller.CommandId;
        }

        Assert.Equal(Of(1, "crm.item.add", id), Of(1, "crm.item.add", id));
        Assert.Equal(4, new[] { Of(1, "crm.item.add", id), Of(2, "crm.item.add", id), Of(1, "crm.deal.add", id), Of(1, "crm.deal.get", id) }.Distinct().Count());
        Assert.Null(Of(1, "crm.deal.get", id));
        Assert.Null(Of(1, "crm.item.add", null));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_field_of_every_built_in_type_has_one_name_per_dialect(int typeId)
    {
        var type = ItemType.BuiltIn.Single(t => t.Id == typeId);
        foreach (var dialect in Enum.GetValues<RestDialect>())
        {
            var set = ItemFieldSets.Of(type, dialect);

            Assert.Equal(type.Fields.All.Count - (type is { HasStages: true, HasPipelines: false } ? 1 : 0), set.Fields.Count);
            Assert.Equal(set.Fields.Count, set.Fields.Select(set.NameOf).Distinct().Count());
            Assert.All(set.Fields, f => Assert.Equal(f.Code, set.Find(set.NameOf(f))!.Code));
            Assert.Equal(set.Fields.Count, FieldDescriptions.Write(set).Count);
        }
    }

    [Fact]
    public void Contact_points_keep_their_ids_through_a_change()
    {
        Value Read(string code) => code == "PHONE" ? Value.Of([new ContactPointValue(1, "WORK", "+1"), new ContactPointValue(2, "HOME", "+2")]) : Value.Null;
        MultiFieldChange[] changes = [new(1, "PHONE", null, null, Remove: true), new(null, "PHONE", "MOBILE", "+3", Remove: false), new(null, "LINK", null, "x", Remove: false)];

        var after = Assert.Single(ContactPoints.Apply(ItemType.Company, Read, changes));

        Assert.Equal(("PHONE", Value.Of([new ContactPointValue(2, "HOME", "+2"), new ContactPointValue(0, "MOBILE", "+3")])), (after.Key, after.Value));
        Assert.Equal([1L, 2L], ContactPoints.Of(Read).Select(e => e.Id));
    }
}
