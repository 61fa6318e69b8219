using AutomationCrm.Testing;

namespace AutomationCrm.Infrastructure.Tests.Testing;

public sealed class ApprovedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("approved").FullName;

    private string TestFile => Path.Combine(_folder, "SomeTests.cs");

    private string ApprovedFile => Path.Combine(_folder, "SomeTests.list.approved.txt");

    private string ReceivedFile => Path.Combine(_folder, "SomeTests.list.received.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_same_text_passes_whatever_its_line_ends_and_removes_an_old_received_file()
    {
        File.WriteAllText(ApprovedFile, "one\ntwo\n");
        File.WriteAllText(ReceivedFile, "old");

        Approved.Text("list", "one\r\ntwo", TestFile);

        Assert.False(File.Exists(ReceivedFile));
    }

    [Theory]
    [InlineData("one\ntwo\n", "Line 2 differs.\n  approved: two\n  received: three")]
    [InlineData(null, "Line 1 differs.\n  approved: \n  received: one")]
    public void Another_text_fails_names_the_line_and_leaves_what_was_received(string? approved, string says)
    {
        if (Environment.GetEnvironmentVariable("CRM_APPROVE") == "1") return;
        if (approved is not null) File.WriteAllText(ApprovedFile, approved);

        var e = Assert.Throws<NotApprovedException>(() => Approved.Text("list", "one\nthree", TestFile));

        Assert.StartsWith(says, e.Message, StringComparison.Ordinal);
        Assert.Equal("one\nthree\n", File.ReadAllText(ReceivedFile));
        Assert.Equal(approved is not null, File.Exists(ApprovedFile));
    }
}
