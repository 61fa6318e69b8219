using System.Globalization;
using AutomationCrm.Application.People.Directory;
using AutomationCrm.Web.Tests.SignIn.Hosting;

namespace AutomationCrm.Web.Tests.SignIn;

public sealed class ViewAsTests
{
    [Fact]
    public async Task An_administrator_looks_as_a_demo_person_without_his_own_rights_and_back_again()
    {
        await using var host = await SignInHost.StartAsync();
        var demo = await host.SendAsync(new AddPerson(new("Olga", "Demo", "", null, "Seller", null, false)) { IsDemo = true });
        using var browser = await host.SignedInAsync();

        var begun = await browser.PostAsync("/account", "/view-as", ("personId", Text(demo)), ("returnUrl", "/webhooks"));

        Assert.Equal("/webhooks", begun.Location);
        var page = await browser.GetAsync("/webhooks");
        Assert.Contains("You see the app as Olga Demo.", page.Body, StringComparison.Ordinal);
        Assert.Equal(403, (await browser.GetAsync("/people")).Status);
        Assert.Equal(403, (await browser.GetAsync("/account")).Status);

        Assert.Equal(302, (await browser.PostAsync("/webhooks", "/view-as/stop")).Status);
        Assert.Equal(200, (await browser.GetAsync("/people")).Status);
    }

    [Fact]
    public async Task Nobody_looks_as_a_person_who_is_no_demo_person_or_is_not_there()
    {
        await using var host = await SignInHost.StartAsync();
        var real = await host.SendAsync(new AddPerson(new("Real", "", "", "real", "", null, false)));
        using var browser = await host.SignedInAsync();

        Assert.Equal(400, (await browser.PostAsync("/account", "/view-as", ("personId", Text(real)))).Status);
        Assert.Equal(404, (await browser.PostAsync("/account", "/view-as", ("personId", "999"))).Status);
        Assert.Equal(200, (await browser.GetAsync("/people")).Status);
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
