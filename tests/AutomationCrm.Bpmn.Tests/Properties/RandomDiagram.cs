using System.Text;

namespace AutomationCrm.Bpmn.Tests.Properties;

/// <summary>Random diagrams in the text form of <c>Diagram</c>; the same seed gives the same diagram.</summary>
internal sealed class RandomDiagram(int seed)
{
    private readonly Random random = new(seed);
    private int ids;

    /// <summary>Blocks inside blocks: whatever happens, such a diagram can reach its end.</summary>
    public string Structured()
    {
        var text = new StringBuilder("start s\n");
        var (first, last) = Block(text, 3);
        return text.Append($"end e\ns -> {first}\n{last} -> e\n").ToString();
    }

    /// <summary>Tasks, choices and inclusive gateways connected at random, ways back included.</summary>
    public string Unstructured()
    {
        var count = random.Next(4, 12);
        var kinds = Enumerable.Range(0, count).Select(_ => random.Next(4) switch { 0 => "xor", 1 => "or", _ => "user" }).ToList();
        var text = new StringBuilder("start s\nend e\n");
        for (var i = 0; i < count; i++) text.AppendLine($"{kinds[i]} n{i}");
        text.AppendLine("s -> n0");
        for (var i = 0; i < count; i++)
        {
            text.AppendLine(i + 1 < count ? $"n{i} -> n{i + 1} : default" : $"n{i} -> e : default");
            for (var extra = random.Next(3); extra > 0; extra--)
            {
                // Only work leads back: a way back that waits for nothing would never come to rest.
                var target = kinds[i] == "user" ? random.Next(count) : random.Next(i + 1, count + 1);
                text.AppendLine($"n{i} -> {(target == count ? "e" : $"n{target}")} : r < {random.Next(1, 4)} and left > 0");
            }
        }

        return text.ToString();
    }

    private string Id(string kind) => $"{kind}{++ids}";

    private (string First, string Last) Block(StringBuilder text, int depth)
    {
        if (depth == 0) return Task(text);
        return random.Next(14) switch
        {
            11 => Race(text, depth),
            12 => Undoable(text),
            13 => Scope(text, depth, " tx"),
            0 or 1 => Sequence(text, depth),
            2 => Split(text, depth, "xor", ": r < {0}"),
            3 => Split(text, depth, "and", ""),
            4 or 5 => Split(text, depth, "or", ": r > {0}"),
            6 => Loop(text, depth),
            7 => Scope(text, depth, $" times={random.Next(0, 4)}{(random.Next(2) == 0 ? " sequential" : "")}"),
            8 => Scope(text, depth, ""),
            9 => Watched(text, depth),
            _ => Task(text),
        };
    }

    private (string First, string Last) Race(StringBuilder text, int depth)
    {
        var (gateway, merge) = (Id("g"), Id("m"));
        text.AppendLine($"events {gateway}").AppendLine($"xor {merge}");
        for (var i = 0; i < 2; i++)
        {
            var caught = Id("c");
            var (first, last) = Block(text, depth - 1);
            text.AppendLine($"catch {caught} {(i == 0 ? $"message=M{random.Next(3)}" : $"timer=PT{random.Next(1, 5)}H")}").AppendLine($"{gateway} -> {caught} -> {first}").AppendLine($"{last} -> {merge}");
        }

        return (gateway, merge);
    }

    private (string First, string Last) Undoable(StringBuilder text)
    {
        var (work, thrown) = (Id("t"), Id("k"));
        text.AppendLine($"service {work} times={random.Next(3)}{(random.Next(2) == 0 ? " sequential" : "")}").AppendLine($"boundary {work}b on={work} compensate").AppendLine($"user {work}u undoing").AppendLine($"undo {work}b {work}u");
        text.AppendLine($"throw {thrown} compensate{(random.Next(3) == 0 ? " nowait" : "")}").AppendLine($"{work} -> {thrown}");
        return (work, thrown);
    }

    private (string First, string Last) Task(StringBuilder text)
    {
        var id = Id("t");
        text.AppendLine(random.Next(7) switch
        {
            0 => $"service {id}",
            1 => $"catch {id} timer=PT{random.Next(1, 9)}H",
            2 => $"catch {id} message=M{random.Next(3)}",
            3 => $"user {id} times={random.Next(0, 4)} until=r>2",
            4 => $"task {id}",
            5 => $"user {id} while=r<2~and~left>0 max=3",
            _ => $"user {id}",
        });
        return (id, id);
    }

    private (string First, string Last) Sequence(StringBuilder text, int depth)
    {
        var (first, middle) = Block(text, depth - 1);
        var (next, last) = Block(text, depth - 1);
        text.AppendLine($"{middle} -> {next}");
        return (first, last);
    }

    private (string First, string Last) Split(StringBuilder text, int depth, string kind, string condition)
    {
        var (fork, join) = (Id("f"), Id("j"));
        text.AppendLine($"{kind} {fork}").AppendLine($"{kind} {join}");
        var branches = random.Next(2, 4);
        for (var i = 0; i < branches; i++)
        {
            var (first, last) = Block(text, depth - 1);
            var isDefault = kind != "and" && i == branches - 1;
            text.AppendLine($"{fork} -> {first} {(isDefault ? ": default" : string.Format(System.Globalization.CultureInfo.InvariantCulture, condition, random.Next(1, 4)))}").AppendLine($"{last} -> {join}");
        }

        return (fork, join);
    }

    private (string First, string Last) Loop(StringBuilder text, int depth)
    {
        var (merge, choice) = (Id("m"), Id("x"));
        var (first, last) = Block(text, depth - 1);
        text.AppendLine($"xor {merge}").AppendLine($"xor {choice}").AppendLine($"{merge} -> {first}").AppendLine($"{last} -> {choice}").AppendLine($"{choice} -> {merge} : r > 2 and left > 0");
        var after = Id("p");
        text.AppendLine($"task {after}").AppendLine($"{choice} -> {after} : default");
        return (merge, after);
    }

    private (string First, string Last) Scope(StringBuilder text, int depth, string marker)
    {
        var (id, start) = (Id("sub"), Id("s"));
        var inside = new StringBuilder();
        var (first, _) = Block(inside, depth - 1);
        var handler = random.Next(3) == 0 ? $"esub {Id("h")} {{\nstart {start}h {(random.Next(2) == 0 ? "side " : "")}message=M{random.Next(3)}\nuser {Id("u")}\n{start}h -> u{ids}\n}}\n" : "";
        var kind = marker == " tx" ? "tx" : "sub";
        if (marker == " tx") marker = "";
        text.AppendLine($"{kind} {id}{marker} {{").AppendLine($"start {start}").Append(inside).AppendLine($"{start} -> {first}").Append(handler).AppendLine("}");
        return (id, id);
    }

    private (string First, string Last) Watched(StringBuilder text, int depth)
    {
        var (id, _) = Scope(text, depth, "");
        var (boundary, merge) = (Id("b"), Id("m"));
        var trigger = random.Next(3) switch { 0 => $"timer=PT{random.Next(1, 5)}H", 1 => $"message=M{random.Next(3)}", _ => "error" };
        // A message could come twice, and a second side token would rightly stay at a parallel join for ever.
        var side = trigger.StartsWith("timer", StringComparison.Ordinal) && random.Next(2) == 0 ? " side" : "";
        var (first, last) = Block(text, depth - 1);
        text.AppendLine($"boundary {boundary} on={id} {trigger}{side}").AppendLine($"or {merge}").AppendLine($"{boundary} -> {first}").AppendLine($"{last} -> {merge}").AppendLine($"{id} -> {merge}");
        return (id, merge);
    }
}
