using System.Text.Json.Nodes;
using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>What outside calls of a dry run are taken to answer, so that later robots have results to work with.</summary>
internal sealed class TrialAnswers(RobotCatalogue robots)
{
    public NewJob Answer(Delivery delivery, RobotRun robotRun, IReadOnlyDictionary<string, TrialAnswer> given)
    {
        var answer = given.GetValueOrDefault(robotRun.RobotKey) ?? new TrialAnswer();
        var job = new TrackJob(delivery.RunId, robotRun.Track, robotRun.Position, delivery.RobotRunId, Resume.Sent)
        {
            Delivered = answer.Delivered,
            Results = answer.Delivered ? answer.ResultsJson ?? MadeUp(robotRun.RobotType) : null,
            Message = answer.Delivered ? null : answer.Message ?? "Taken to fail in this trial.",
        };
        return new(new LaneId(delivery.LaneId), TrackJob.Kind, job.ToJson());
    }

    /// <summary>A value of the right kind for every result.</summary>
    public string? MadeUp(string robotType)
    {
        if (robots.Find(robotType)?.Descriptor.Results is not { Count: > 0 } results) return null;

        var json = new JsonObject();
        foreach (var field in results) json[field.Code] = Value(field);
        return json.ToJsonString();
    }

    private static JsonNode Value(Field field) => field.Kind switch
    {
        FieldKind.Integer or FieldKind.Number or FieldKind.User => field.Code == "Status" ? 200 : 1,
        FieldKind.Boolean => true,
        FieldKind.Date => "2026-01-01",
        FieldKind.Instant => "2026-01-01T00:00:00.000000Z",
        _ => field.Code,
    };
}
