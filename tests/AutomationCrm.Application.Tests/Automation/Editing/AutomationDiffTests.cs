using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Stages;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation.Editing;

public class AutomationDiffTests
{
    [Fact]
    public void Added_removed_moved_and_changed_robots_are_told_with_old_and_new()
    {
        var before = new StageAutomationConfig { Robots = [Robot("add_comment", new { text = "one" }, "a"), Robot("add_comment", new { text = "x" }, "gone"), Robot("wait", null, "b"), Robot("wait", null, "c")] };
        var after = new StageAutomationConfig { UndoSeconds = 30, Robots = [Robot("wait", null, "c"), Robot("add_comment", new { text = "two" }, "a") with { Enabled = false }, Robot("wait", null, "b"), Robot("wait", null, "new")] };

        var diff = AutomationDiff.Of(before, after);

        Assert.Equal([(DiffKind.Removed, "gone"), (DiffKind.Moved, "c"), (DiffKind.Changed, "a"), (DiffKind.Added, "new")], diff.Entries.Select(e => (e.Kind, e.Key)));
        Assert.Equal([("enabled", "True", "False"), ("settings.text", "one", "two")], diff.Entries[2].Changes.Select(c => (c.Part, c.Old.ToString()!, c.New.ToString()!)));
        Assert.Equal("undoSeconds", Assert.Single(diff.Stage).Part);
    }

    [Fact]
    public void Two_equal_versions_differ_in_nothing()
    {
        var config = new StageAutomationConfig { Robots = [Robot("wait", new { duration = "PT1H" })] };

        Assert.True(AutomationDiff.Of(config, config with { Robots = [.. config.Robots] }).IsEmpty);
    }
}
