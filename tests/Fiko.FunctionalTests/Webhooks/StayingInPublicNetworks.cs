using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Webhooks;

public sealed class StayingInPublicNetworks
{
    private const string Allow = "Webhooks:AllowPrivateNetworks";

    [Theory]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("https://127.0.0.1:8443/")]
    [InlineData("https://localhost:8443/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://8.8.8.8:25/")]
    public async Task An_address_of_our_own_can_not_be_registered(string url)
    {
        await using var server = new FikoServer { Settings = { [Allow] = "false" } };
        await server.InitializeAsync();
        var workspace = await TestWorkspace.CreateAsync(server);

        using var answer = await server.PostAsync("/api/v1/webhooks", new { url }, workspace.Owner.Token);
        using var list = await server.GetAsync("/api/v1/webhooks", workspace.Owner.Token);

        Assert.Equal("url", (await answer.ProblemAsync(HttpStatusCode.BadRequest, "invalid_field")).At("errors").Names());
        Assert.Equal(0, (await list.JsonAsync()).At("items").GetArrayLength());
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Nor_is_it_called_where_it_is_registered_already(string scheme)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = new EagerServer();
        await server.InitializeAsync();
        var workspace = await TestWorkspace.CreateAsync(server);
        var webhook = await Subscriber.CreateAsync(server, workspace.Owner, receiver);
        await webhook.ChangeAsync(new { url = $"{scheme}://localhost:{receiver.Url.Port}/hook" });
        server.Settings[Allow] = "false";
        await server.RestartAsync();

        await webhook.DoAsync("/test");

        Assert.Equal("The address is not in a public network", (await webhook.NewestAsync("dead")).Text("error"));
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task No_line_of_the_log_holds_an_address_or_a_secret()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = new EagerServer();
        server.LogEverything();
        await server.InitializeAsync();
        var workspace = await TestWorkspace.CreateAsync(server);
        var webhook = await Subscriber.CreateAsync(server, workspace.Owner, receiver);
        receiver.Fails(2, http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });

        await workspace.BeginAsync("negar", "zebra crossing");
        await receiver.TookAsync(1);
        var changed = (await webhook.DoAsync("/secret")).Text("secret")!;
        await webhook.DoAsync("/test");
        await webhook.ChangeAsync(new { url = $"{receiver.Url}&second=of-the-address" });
        await webhook.NewestAsync("delivered");
        await webhook.CallAsync(HttpMethod.Delete);
        await server.RestartAsync();

        server.Log.AssertNever(webhook.Secret, changed, "in-the-address", "of-the-address", "zebra crossing");
        Assert.Empty(server.Log.Errors);
    }
}
