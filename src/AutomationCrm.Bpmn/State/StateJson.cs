using System.Buffers;
using System.Text.Json;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.State;

/// <summary>The stored form of a state: versioned JSON that names elements by their ids, so that it can be read and migrated without us.</summary>
public static class StateJson
{
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? spare;

    public static byte[] Write(ProcessModel model, ProcessState state)
    {
        var (buffer, json) = spare ??= Make();
        buffer.ResetWrittenCount();
        json.Reset();
        Write(model, state, json);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static void Write(ProcessModel model, ProcessState state, IBufferWriter<byte> target)
    {
        using var json = new Utf8JsonWriter(target);
        Write(model, state, json);
    }

    /// <summary>Throws <see cref="JsonException"/> when the text is no state of this model.</summary>
    public static ProcessState Read(ProcessModel model, ReadOnlySpan<byte> utf8)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new StateReader(model).Read(utf8);
    }

    private static void Write(ProcessModel model, ProcessState state, Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(state);
        new StateWriter(model, json).Write(state);
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) Make()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }));
    }
}
