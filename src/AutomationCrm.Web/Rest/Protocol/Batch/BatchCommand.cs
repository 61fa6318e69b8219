using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Reading;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Batch;

/// <summary>One command of a batch: <c>method?parameters</c> under its key.</summary>
internal sealed record BatchCommand(string Key, string Method, string Query)
{
    public static BatchCommand Read(string key, RestValue command)
    {
        var text = command.Text?.Trim() ?? "";
        var question = text.IndexOf('?', StringComparison.Ordinal);
        var method = question < 0 ? text.TrimEnd('&') : text[..question];
        return new BatchCommand(key, RestMethodName.Normalize(method), question < 0 ? "" : text[(question + 1)..]);
    }

    /// <summary>The decoded parameters with references to earlier results filled in; the decoding comes first, as clients encode the dollar.</summary>
    public RestMap Parameters(RestMap results, RestLimits limits)
    {
        var parameters = BracketReader.Parse(Query, limits);
        return Query.Contains("result", StringComparison.OrdinalIgnoreCase) ? ResultReferences.Fill(parameters, results, limits) : parameters;
    }

    /// <summary>A stable id of this command inside a repeated batch.</summary>
    public Guid? IdFrom(Guid? batchId) => batchId is { } id ? CommandIds.Derive(id, Key) : null;
}
