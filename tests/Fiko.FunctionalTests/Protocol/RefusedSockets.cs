using System.Text.Json;
using Fiko.Application.Shared;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Protocol;

public sealed class RefusedSockets(FikoServer server) : IClassFixture<FikoServer>
{
    public static TheoryData<string, string> BothSocketsWithBadTokens()
    {
        var cases = new TheoryData<string, string>();
        foreach (var path in new[] { "/ws/conversations/", "/ws/chat/conv_1/" })
        {
            foreach (var token in new[] { "missing", "empty", "malformed", "of another key", "expired", "without exp", "a refresh token", "our refresh token", "of nobody", "unsigned" })
            {
                cases.Add(path, token);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(BothSocketsWithBadTokens))]
    public async Task A_bad_token_is_accepted_then_told_then_closed_with_1008(string path, string kind)
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var query = await QueryAsync(kind, workspace);

        await using var refused = await FikoSocket.OpenAsync(server.Socket(path + query));

        await AssertRefusedAsync(refused, "برای ادامه باید وارد شوید");
    }

    [Fact]
    public async Task The_refusal_is_english_where_english_was_asked_for()
    {
        await using var refused = await FikoSocket.OpenAsync(server.Socket("/ws/conversations/?lang=en"));

        await AssertRefusedAsync(refused, "Authentication required");
    }

    [Theory]
    [InlineData("/ws/conversations/")]
    [InlineData("/ws/chat/conv_1/")]
    public async Task A_deactivated_agent_is_refused(string path)
    {
        var workspace = await TestWorkspace.CreateAsync(server);
        var agent = workspace.Agents[1];
        await DeactivateAsync(agent.Id);

        await using var refused = await FikoSocket.OpenAsync(server.Socket($"{path}?token={agent.Token}"));

        await AssertRefusedAsync(refused, "برای ادامه باید وارد شوید");
    }

    [Fact]
    public async Task Unknown_foreign_and_malformed_conversations_cant_be_told_apart()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var foreign = await (await TestWorkspace.CreateAsync(server, agents: 1)).BeginAsync("sara");
        string[] ids = [foreign, "conv_999999999", "conv_0", "conv_-1", "conv_01", "conv_", "conv_1x", "1", "msg_1", "conv_99999999999999999999", "%20", "گفتگو"];

        var seen = new HashSet<string>();
        foreach (var id in ids)
        {
            foreach (var cursor in new[] { "", "&cursor=abc.1" })
            {
                await using var refused = await workspace.OpenChatAsync(workspace.Owner, Uri.EscapeDataString(Uri.UnescapeDataString(id)), cursor);
                var code = await refused.ClosedAsync();
                seen.Add($"{code} {refused.CloseReason} {string.Join(' ', refused.Heard.Select(WithoutTime))}");
            }
        }

        var only = Assert.Single(seen);
        Assert.StartsWith("4404 ", only, StringComparison.Ordinal);
        Assert.Contains("\"error\":\"Conversation not found\",\"message\":\"گفتگو پیدا نشد\",\"code\":\"conversation_not_found\"", only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_in_a_chat_hears_of_those_who_were_refused()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        var stranger = (await TestWorkspace.CreateAsync(server, agents: 1)).Owner;
        var conversation = await workspace.BeginAsync("sara");
        await using var chat = await workspace.OpenChatAsync(workspace.Owner, conversation);
        await chat.NextAsync("recent_messages");

        await using var refused = await workspace.OpenChatAsync(stranger, conversation);
        await refused.ClosedAsync();

        Assert.Empty(await chat.DrainAsync());
    }

    private static string WithoutTime(JsonElement frame) => frame.GetRawText().Replace(frame.Text("timestamp")!, "", StringComparison.Ordinal);

    private static async Task AssertRefusedAsync(FikoSocket refused, string message)
    {
        Assert.Equal(1008, await refused.ClosedAsync());
        var error = Assert.Single(refused.Heard);
        Assert.Equal("type error message code request_type client_id field timestamp", error.Names());
        Assert.Equal("error", error.Text("type"));
        Assert.Equal("Authentication required", error.Text("error"));
        Assert.Equal(message, error.Text("message"));
        Assert.Equal("auth_required", error.Text("code"));
    }

    private async Task<string> QueryAsync(string kind, TestWorkspace workspace)
    {
        var (id, soon) = ($"{workspace.Owner.Id}", server.In(TimeSpan.FromMinutes(5)));
        return kind switch
        {
            "missing" => "",
            "empty" => "?token=",
            "malformed" => "?token=a.b.c",
            "of another key" => $"?token={HandmadeToken.Sign(server, new { sub = id, exp = soon }, key: "another key that is long enough for it")}",
            "expired" => $"?token={HandmadeToken.Sign(server, new { sub = id, exp = server.In(TimeSpan.FromSeconds(-1)) })}",
            "without exp" => $"?token={HandmadeToken.Sign(server, new { sub = id })}",
            "a refresh token" => $"?token={HandmadeToken.Sign(server, new { token_type = "refresh", user_id = workspace.Owner.Id, exp = soon })}",
            "our refresh token" => $"?token={await RefreshTokenAsync(workspace.Owner.Email)}",
            "of nobody" => $"?token={HandmadeToken.Sign(server, new { sub = "999999999", exp = soon })}",
            "unsigned" => $"?token=eyJhbGciOiJub25lIn0.{HandmadeToken.Sign(server, new { sub = id, exp = soon }).Split('.')[1]}.",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private async Task<string> RefreshTokenAsync(string email) => (await server.LogInFullyAsync(email)).Text("refresh_token")!;

    private async Task DeactivateAsync(long agentId)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            async () =>
            {
                (await db.Agents.SingleAsync(a => a.Id == agentId)).Deactivate();
                return await db.SaveChangesAsync(CancellationToken.None);
            },
            CancellationToken.None);
    }
}
