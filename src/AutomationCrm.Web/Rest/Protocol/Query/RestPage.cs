using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Query;

/// <summary>Which rows of a list are wanted: always 50 at most. <c>start=-1</c> means the first 50 without counting.</summary>
internal readonly record struct RestPage(int Offset, bool Counted)
{
    public const int Size = 50;

    public static RestPage First { get; } = new(0, Counted: true);

    public static RestPage Parse(RestValue? start)
    {
        if (start is null) return First;
        if (!RestArguments.TryWhole(start, out var offset))
            throw new RestException(new RestError(400, RestErrors.InvalidArgument, "Parameter 'start' must be a whole number.", "start"));
        return offset < 0 ? new RestPage(0, Counted: offset != -1) : new RestPage((int)Math.Min(offset, int.MaxValue - Size), Counted: true);
    }

    public int? NextOf(int total) => Offset + Size < total ? Offset + Size : null;
}
