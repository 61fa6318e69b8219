using System.Security.Cryptography;
using System.Text;
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
    public Guid? IdFrom(Guid? batchId)
    {
        if (batchId is not { } id) return null;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. id.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(Key)], hash);
        // RFC 9562 version 8: made by a rule of our own.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
