using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class ConnectingASocket(FikoServer server) : IClassFixture<FikoServer>
{
    private const string Nonsense = "not-a-token";

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task The_list_answers_with_and_without_a_trailing_slash(string slash)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        await using var list = await FikoSocket.OpenAsync(server.Socket($"/ws/conversations{slash}?token={workspace.Owner.Token}"));

        Assert.Empty(await list.DrainAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task A_chat_answers_with_and_without_a_trailing_slash(string slash)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var conversation = await workspace.BeginAsync("sara");

        await using var chat = await FikoSocket.OpenAsync(server.Socket($"/ws/chat/{conversation}{slash}?token={workspace.Owner.Token}"));

        Assert.Equal("recent_messages", FikoSocket.TypeOf(await chat.NextAsync()));
    }

    [Theory]
    [InlineData("/ws/conversations/")]
    [InlineData("/ws/conversations")]
    [InlineData("/ws/chat/conv_1/")]
    public async Task A_plain_request_is_told_to_upgrade(string path)
    {
        var answer = await server.GetAsync(path);

        await answer.ProblemAsync(HttpStatusCode.UpgradeRequired, "upgrade_required");
    }

    [Fact]
    public async Task A_token_may_come_in_the_authorization_header()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        await using var list = await FikoSocket.OpenAsync(
            server.Socket("/ws/conversations/"),
            o => o.SetRequestHeader("Authorization", $"Bearer {workspace.Owner.Token}"));

        Assert.Empty(await list.DrainAsync());
    }

    [Fact]
    public async Task A_token_may_come_as_a_subprotocol_and_is_answered_with_the_protocols_name()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        await using var list = await OpenWithSubprotocolAsync("/ws/conversations/", workspace.Owner.Token);

        Assert.Equal("fiko.v1", list.SubProtocol);
        Assert.Empty(await list.DrainAsync());
    }

    [Fact]
    public async Task The_header_goes_before_the_subprotocol_and_the_query()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        await using var good = await FikoSocket.OpenAsync(server.Socket($"/ws/conversations/?token={Nonsense}"), o =>
        {
            o.SetRequestHeader("Authorization", $"Bearer {workspace.Owner.Token}");
            o.AddSubProtocol("fiko.v1");
            o.AddSubProtocol($"bearer.{Nonsense}");
        });
        await using var bad = await FikoSocket.OpenAsync(server.Socket($"/ws/conversations/?token={workspace.Owner.Token}"), o =>
            o.SetRequestHeader("Authorization", $"Bearer {Nonsense}"));

        Assert.Empty(await good.DrainAsync());
        Assert.Equal(1008, await bad.ClosedAsync());
    }

    [Fact]
    public async Task The_subprotocol_goes_before_the_query()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        await using var good = await OpenWithSubprotocolAsync($"/ws/conversations/?token={Nonsense}", workspace.Owner.Token);
        await using var bad = await OpenWithSubprotocolAsync($"/ws/conversations/?token={workspace.Owner.Token}", Nonsense);

        Assert.Empty(await good.DrainAsync());
        Assert.Equal(1008, await bad.ClosedAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_of_the_earlier_backend_opens_a_socket(bool idAsText)
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var agent = workspace.Agents[1];
        object id = idAsText ? $"{agent.Id}" : agent.Id;
        var token = HandmadeToken.Sign(server, new { token_type = "access", user_id = id, exp = server.In(TimeSpan.FromMinutes(5)), jti = "a1" });
        var conversation = await workspace.BeginAsync("sara");
        await using var owner = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await owner.NextAsync("recent_messages");

        await using var chat = await FikoSocket.OpenAsync(server.Socket($"/ws/chat/{conversation}/?token={token}"));

        await chat.NextAsync("recent_messages");
        Assert.Equal(agent.Id, (await owner.NextAsync("user_presence")).Number("user_id"));
    }

    [Fact]
    public async Task A_fresh_list_hears_nothing_until_it_asks()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await workspace.BeginAsync("sara");
        await using var list = await workspace.OpenListAsync(workspace.Owner);

        var before = await list.DrainAsync();
        await list.SendAsync(new { type = "get_conversations" });

        Assert.Empty(before);
        Assert.Equal("conversations_list", FikoSocket.TypeOf(await list.NextAsync()));
    }

    private Task<FikoSocket> OpenWithSubprotocolAsync(string path, string token) => FikoSocket.OpenAsync(server.Socket(path), o =>
    {
        o.AddSubProtocol("fiko.v1");
        o.AddSubProtocol($"bearer.{token}");
    });
}
