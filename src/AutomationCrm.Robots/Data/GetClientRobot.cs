using System.Text.Json;
using AutomationCrm.Application.Crm.Items.Linked;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Data;

/// <summary>Reads fields of the item's company or contact for later robots.</summary>
internal sealed class GetClientRobot() : Robot<GetClientRobot.Settings>("get_client", RobotKind.State, RobotGroups.Data)
{
    protected override IReadOnlyList<Field> Results => ItemFields.Fixed;

    public override IReadOnlyList<Field> ResultsOf(JsonElement settings) =>
        ItemFields.Of(settings, TypeOf(settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty("client", out var client) ? client.ToString() : ""));

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var (type, code) = (TypeOf(settings.Client), settings.Client == "contact" ? FieldCodes.Contact : FieldCodes.Company);
        var client = context.Item[code] is ItemValue reference ? await context.Send(new FindOneItem(type) { Id = reference.Id }, ct) : null;
        return client is null ? new Outcome.Skipped("item.none", "The item has no such client.") : ItemFields.Read(client, settings.Fields);
    }

    private static int TypeOf(string client) => client == "contact" ? ItemTypeIds.Contact : ItemTypeIds.Company;

    internal sealed record Settings
    {
        [Setting(FieldKind.Option, Required = true, Options = ["company", "contact"])]
        public string Client { get; init; } = "company";

        [Setting(FieldKind.FieldCodes, Required = true, Multiple = true)]
        public IReadOnlyList<string> Fields { get; init; } = [];
    }
}
