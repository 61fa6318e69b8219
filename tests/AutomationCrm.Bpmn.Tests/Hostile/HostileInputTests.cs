using System.Diagnostics;
using System.Text;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Parsing;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;

namespace AutomationCrm.Bpmn.Tests.Hostile;

/// <summary>Attack list A3 and A4: everything is refused or stopped with an incident, quickly and without eating the memory.</summary>
public sealed class HostileInputTests
{
    private const string Ns = "xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><definitions {0}>&x;</definitions>")]
    [InlineData("<!DOCTYPE d SYSTEM 'http://127.0.0.1:9/x.dtd'><definitions {0}/>")]
    [InlineData("<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><definitions {0}>&c;</definitions>")]
    public void Document_types_and_entities_are_refused(string xml) =>
        Assert.Throws<BpmnFormatException>(() => BpmnFile.Read(xml.Replace("{0}", Ns, StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("no xml")]
    [InlineData("<definitions/>")]
    [InlineData("<a xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'/>")]
    [InlineData("<?xml version='1.0' encoding='klingon'?><definitions/>")]
    public void What_is_no_BPMN_is_refused(string xml) =>
        Assert.Throws<BpmnFormatException>(() => BpmnFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml))));

    [Fact]
    public void A_file_of_50_MB_is_refused()
    {
        var clock = Stopwatch.StartNew();
        Assert.Throws<BpmnFormatException>(() => BpmnFile.Read(new Endless(50_000_000)));
        Assert.True(clock.Elapsed < Soon);
    }

    [Fact]
    public void A_nesting_of_20_000_is_refused()
    {
        var xml = new StringBuilder($"<definitions {Ns}><process id='P'>");
        for (var i = 0; i < 20_000; i++) xml.Append($"<subProcess id='s{i}'>");
        Assert.Contains("deeper", Assert.Throws<BpmnFormatException>(() => BpmnFile.Read(xml.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_parallel_branches_are_refused()
    {
        var text = new StringBuilder("start s\nand f\ns -> f\n");
        for (var i = 0; i < 10_000; i++) text.Append($"user t{i}\nf -> t{i}\n");
        Assert.Contains(Diagram.Problems(text.ToString()), p => p is { Rule: "size", Severity: Severity.Error });
    }

    [Fact]
    public void A_wide_fork_and_join_within_the_limit_stays_quick()
    {
        var text = new StringBuilder("start s\nand f\nand j\nend e\ns -> f\nj -> e\n");
        for (var i = 0; i < 4_900; i++) text.Append($"task t{i}\nf -> t{i} -> j\n");
        var clock = Stopwatch.StartNew();
        Assert.True(Play.Start(text.ToString()).IsEnded);
        Assert.True(clock.Elapsed < Soon);
    }

    [Theory]
    [InlineData("duplicate-id", "start s; user A; user A; s -> A")]
    [InlineData("unknown-reference", "start s; user A; s -> A -> Z")]
    [InlineData("unknown-reference", "start s; user A; boundary b on=b timer=PT1H; s -> A")]
    [InlineData("timer", "start s; user A; boundary b on=A side timer=R/PT0S; user B; s -> A; b -> B")]
    [InlineData("timer", "start s; catch c timer=R/PT1H; s -> c")]
    [InlineData("timer", "start s; catch c timer=soon~enough; s -> c")]
    [InlineData("expression", "start s; xor x; user A; s -> x; x -> A : (((")]
    [InlineData("loop", "start s; user A first; s -> A")]
    [InlineData("quantity", "start s; user A starts=0; s -> A")]
    [InlineData("event-position", "start s terminate; user A; s -> A")]
    [InlineData("event-position", "start s; catch c error=E; s -> c")]
    [InlineData("event-position", "start s; end e timer=PT1H; s -> e")]
    [InlineData("flow-scope", "start s; user A; sub x {; user B; A -> B; }; s -> A")]
    [InlineData("cancel", "start s; end e cancel; s -> e")]
    public void A_broken_diagram_is_refused_with_its_element(string rule, string diagram) =>
        Assert.Contains(Diagram.Problems(diagram), p => p.Rule == rule && p is { Severity: Severity.Error, ElementId: not null } && p.Text.EndsWith('.'));

    [Fact]
    public void An_unknown_element_is_refused_not_ignored()
    {
        var file = BpmnFile.Read($"<definitions {Ns}><process id='P'><startEvent id='s'/><magicTask id='m'/></process></definitions>");
        Assert.Contains(ModelCompiler.Compile(file, "P").Problems, p => p is { ElementId: "m", Rule: "unknown-element" });
    }

    [Fact]
    public void A_loop_that_never_waits_is_stopped_with_an_incident_and_changes_nothing()
    {
        var clock = Stopwatch.StartNew();
        var play = Play.Start("start s; xor x; task t; s -> x -> t -> x", ("kept", 1));
        Assert.Equal("limit", Assert.Single(play.Incidents).Code);
        Assert.Equal("1", play.Variable("kept")!.ToString());
        Assert.True(clock.Elapsed < Soon);
    }

    [Fact]
    public void A_loop_that_breeds_tokens_is_stopped_with_an_incident()
    {
        var clock = Stopwatch.StartNew();
        var play = Play.Start("start s; xor x; and f; user u; s -> x -> f; f -> x; f -> u; f -> x");
        Assert.Equal("limit", Assert.Single(play.Incidents).Code);
        Assert.True(clock.Elapsed < Soon);
    }

    [Fact]
    public void A_step_over_the_limit_leaves_the_state_before_it_usable()
    {
        var play = Play.Limited("start s; user A; xor x; task t; user B; s -> A -> x; x -> t : again; x -> B : default; t -> x", new ExecutionLimits { Moves = 100 });
        play.Complete("A", ("again", true));
        Assert.Equal("A", play.Waiting);
        Assert.Equal("limit", Assert.Single(play.Incidents).Code);
        Assert.Equal("B", play.Complete("A", ("again", false)).Waiting);
    }

    [Fact]
    public void A_million_instances_are_an_incident() =>
        Assert.Equal("limit", Assert.Single(Play.Start("start s; user A times=1000000; s -> A").Incidents).Code);

    [Fact]
    public void A_timer_that_is_always_due_is_stopped()
    {
        var clock = Stopwatch.StartNew();
        var play = Play.Start("start s; xor x; catch c timer=PT0S; s -> x -> c -> x");
        Assert.Equal("limit", Assert.Single(play.Incidents).Code);
        Assert.True(clock.Elapsed < Soon);
    }

    [Fact]
    public void A_computed_cycle_without_length_is_an_incident() =>
        Assert.Equal("A", Assert.Single(Play.Start("start s; user A; boundary b on=A side timer=${t}; user B; s -> A; b -> B", ("t", "R/PT0S")).Incidents).Element!.Id);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"v\":99,\"p\":\"P\"}")]
    [InlineData("{\"v\":1,\"p\":\"Q\"}")]
    [InlineData("{\"v\":1,\"p\":\"P\",\"t\":[{\"i\":1,\"k\":0},{\"i\":2,\"k\":1,\"u\":9,\"e\":\"A\"}]}")]
    [InlineData("{\"v\":1,\"p\":\"P\",\"t\":[{\"i\":2,\"k\":1,\"e\":\"nowhere\"}]}")]
    [InlineData("{\"v\":1,\"p\":\"P\",\"w\":[{\"i\":2,\"o\":7,\"e\":\"A\",\"k\":0}]}")]
    public void A_state_that_does_not_fit_is_refused(string json) =>
        Assert.Throws<System.Text.Json.JsonException>(() => StateJson.Read(Diagram.Model("start s; user A; s -> A"), Encoding.UTF8.GetBytes(json)));

    private sealed class Endless(long length) : Stream
    {
        private long at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => at;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            count = (int)Math.Min(count, length - at);
            buffer.AsSpan(offset, count).Fill((byte)' ');
            at += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
