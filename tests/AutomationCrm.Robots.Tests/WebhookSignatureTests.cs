using AutomationCrm.Robots.Other;

namespace AutomationCrm.Robots.Tests;

public class WebhookSignatureTests
{
    /// <summary>The published example of Standard Webhooks.</summary>
    [Fact]
    public void It_is_the_signature_that_receivers_libraries_check()
    {
        var key = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var signature = WebhookSignature.Of([key], "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}"u8);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Fact]
    public void Two_secrets_make_two_signatures_while_one_is_being_replaced()
    {
        var signature = WebhookSignature.Of(["the older secret of the two"u8.ToArray(), "the newer secret of the two"u8.ToArray()], "id", "1", "{}"u8);

        Assert.Equal(2, signature.Split(' ').Distinct().Count());
    }
}
