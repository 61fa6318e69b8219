using System.Text.Json;

namespace AutomationCrm.Bpmn.State;

/// <summary>Property names of the JSON form, short because every waiting instance is stored this way. Described in docs/bpmn/state.md.</summary>
internal static class StateNames
{
    public const int FormatVersion = 1;

    public static readonly JsonEncodedText Format = JsonEncodedText.Encode("v");
    public static readonly JsonEncodedText Process = JsonEncodedText.Encode("p");
    public static readonly JsonEncodedText Status = JsonEncodedText.Encode("s");
    public static readonly JsonEncodedText Version = JsonEncodedText.Encode("n");
    public static readonly JsonEncodedText LastId = JsonEncodedText.Encode("l");
    public static readonly JsonEncodedText Depth = JsonEncodedText.Encode("d");
    public static readonly JsonEncodedText Error = JsonEncodedText.Encode("x");
    public static readonly JsonEncodedText Result = JsonEncodedText.Encode("r");
    public static readonly JsonEncodedText Nodes = JsonEncodedText.Encode("t");
    public static readonly JsonEncodedText Subscriptions = JsonEncodedText.Encode("w");

    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("i");
    public static readonly JsonEncodedText Parent = JsonEncodedText.Encode("u");
    public static readonly JsonEncodedText Element = JsonEncodedText.Encode("e");
    public static readonly JsonEncodedText Kind = JsonEncodedText.Encode("k");
    public static readonly JsonEncodedText Locals = JsonEncodedText.Encode("a");
    public static readonly JsonEncodedText LoopIndex = JsonEncodedText.Encode("c");
    public static readonly JsonEncodedText Interrupted = JsonEncodedText.Encode("q");
    public static readonly JsonEncodedText Incident = JsonEncodedText.Encode("x");
    public static readonly JsonEncodedText Log = JsonEncodedText.Encode("g");
    public static readonly JsonEncodedText Data = JsonEncodedText.Encode("z");

    public static readonly JsonEncodedText Owner = JsonEncodedText.Encode("o");
    public static readonly JsonEncodedText Definition = JsonEncodedText.Encode("f");
    public static readonly JsonEncodedText Name = JsonEncodedText.Encode("m");
    public static readonly JsonEncodedText Key = JsonEncodedText.Encode("y");
    public static readonly JsonEncodedText Due = JsonEncodedText.Encode("t");
    public static readonly JsonEncodedText Cycle = JsonEncodedText.Encode("c");
    public static readonly JsonEncodedText Remaining = JsonEncodedText.Encode("r");
    public static readonly JsonEncodedText WasTrue = JsonEncodedText.Encode("b");
}
