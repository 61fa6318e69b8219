using AutomationCrm.Application.Common.Calls;

namespace AutomationCrm.Application.Tests.Automation;

public class ChainHeaderTests
{
    [Fact]
    public void A_cause_comes_back_without_its_run()
    {
        var cause = new Cause(Guid.CreateVersion7(), 3, 17, 4, 5);

        Assert.Equal(cause with { RunId = 0, RobotRunId = 0 }, ChainHeader.Read(ChainHeader.Write(cause)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("00000000-0000-0000-0000-000000000000;1;1")]
    [InlineData("0199a0b4-7b1e-7c3d-8000-000000000001;-1;1")]
    [InlineData("0199a0b4-7b1e-7c3d-8000-000000000001;1;99999999999")]
    [InlineData("0199a0b4-7b1e-7c3d-8000-000000000001;1")]
    [InlineData("0199a0b4-7b1e-7c3d-8000-000000000001;1;1;1")]
    public void A_foreign_text_is_no_cause(string? text) => Assert.Null(ChainHeader.Read(text));

    [Fact]
    public void Nobody_gets_back_to_the_beginning_by_saying_so() =>
        Assert.Equal(1, ChainHeader.Read("0199a0b4-7b1e-7c3d-8000-000000000001;0;0")!.Depth);
}
