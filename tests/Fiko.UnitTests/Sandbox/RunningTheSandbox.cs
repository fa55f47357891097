using System.Net;
using Fiko.WebApi.Sandbox;
using Fiko.WebApi.Sandbox.Telegram;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace Fiko.UnitTests.Sandbox;

public class RunningTheSandbox
{
    [Theory]
    [InlineData("/sandbox", "text/html")]
    [InlineData("/sandbox/sandbox.js", "text/javascript")]
    [InlineData("/sandbox/sandbox.css", "text/css")]
    public async Task The_page_is_served(string path, string type)
    {
        await using var host = await SandboxHost.StartAsync();

        var answer = await host.Http.GetAsync(path, SandboxHost.Limit);

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("/sandbox")]
    [InlineData("/sandbox/sandbox.js")]
    [InlineData("/sandbox/telegram/bots")]
    [InlineData("/bot7000000001:sandbox-token-of-the-tests-0001/getMe")]
    public async Task Where_it_is_off_its_paths_do_not_exist(string path)
    {
        await using var host = await SandboxHost.StartAsync(enabled: false);

        var answer = await host.Http.GetAsync(path, SandboxHost.Limit);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_internal_path_gives_nobody_a_bot()
    {
        await using var host = await SandboxHost.StartAsync();

        var answer = await host.Http.GetAsync("/sandbox/telegram/api/getMe", SandboxHost.Limit);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_customer_from_before_the_start_can_be_introduced()
    {
        await using var host = await SandboxHost.StartAsync();

        host.Parts.GetRequiredService<TelegramSandbox>().Introduce(7000000001, new SandboxPerson(42, "نگار"));

        Assert.Equal("نگار", (await host.Bot().SendMessage(42, "hi", cancellationToken: SandboxHost.Limit)).Chat.FirstName);
    }

    [Fact]
    public async Task The_newest_messages_and_the_chats_used_last_are_kept()
    {
        await using var host = await SandboxHost.StartAsync(settings: new() { ["Sandbox:MessagesPerChat"] = "2", ["Sandbox:ChatsPerBot"] = "2" });
        await host.Bot().GetMe(SandboxHost.Limit);

        foreach (var (customer, text) in new[] { (1, "a"), (2, "b"), (1, "c"), (1, "d"), (3, "e") })
        {
            await host.PostAsync($"customers/{customer}/messages", new { text });
        }

        var kept = (await host.LookAsync("customers/1/messages"))["items"]!.AsArray().Select(i => (string?)i!["text"]);
        Assert.Equal(["c", "d"], kept);
        Assert.Equal("Bad Request: chat not found", (await Assert.ThrowsAsync<ApiRequestException>(() => host.Bot().SendMessage(2, "x", cancellationToken: SandboxHost.Limit))).Message);
    }

    [Fact]
    public async Task The_server_knows_where_it_can_be_called()
    {
        await using var host = await SandboxHost.StartAsync();

        Assert.Equal(host.Http.BaseAddress, host.Parts.GetRequiredService<SandboxAddress>().Http);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5000", "http://localhost:5000/")]
    [InlineData("http://[::]:5000", "http://localhost:5000/")]
    [InlineData("http://*:5000", "http://localhost:5000/")]
    [InlineData("http://localhost:8000", "http://localhost:8000/")]
    [InlineData("https://localhost:8001", null)]
    public void An_address_to_listen_at_becomes_one_to_call(string listening, string? called)
    {
        var addresses = Substitute.For<IServerAddressesFeature>();
        addresses.Addresses.Returns([listening]);
        var server = Substitute.For<IServer>();
        var features = new FeatureCollection();
        features.Set(addresses);
        server.Features.Returns(features);

        Assert.Equal(called, new SandboxAddress(server).Http?.ToString());
    }
}
