using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Channels;
using Fiko.Domain.Shared;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.UnitTests.Channels.Instagram;

public sealed class ConnectingAnAccount : IAsyncLifetime
{
    private InstagramWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await InstagramWorld.CreateAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task It_is_checked_kept_and_its_webhooks_are_asked_for()
    {
        var view = await _world.ConnectAsync();

        Assert.Equal(("instagram", "Shop", "shop.example", "active"), (view.Source, view.Name, view.Username, view.Status));
        Assert.Equal("https://inbox.example/webhooks/instagram", view.WebhookUrl);
        Assert.Equal(
            [
                "GET /v25.0/me?fields=user_id%2Cusername%2Cname",
                $"POST /v25.0/{GraphFake.Account}/subscribed_apps?subscribed_fields=messages%2Cmessaging_postbacks%2Cmessaging_seen%2Cmessage_reactions%2Cmessage_edit",
            ],
            Asked());
        var channel = await _world.ChannelAsync(view.Id);
        Assert.Equal((GraphFake.Account, GraphFake.Token), (channel.ExternalId, InstagramWorld.Open(channel.SealedToken)));
        Assert.Equal((_world.Time.GetUtcNow(), null), (channel.TokenIssuedAt, channel.TokenExpiresAt));
    }

    [Theory]
    [InlineData("""{"data":[{"user_id":"17841499900000001","username":"shop.example","name":"Shop","id":"24"}]}""", "Shop")]
    [InlineData("""{"user_id":17841499900000001,"username":"shop.example"}""", "shop.example")]
    [InlineData("""{"user_id":17841499900000001}""", "17841499900000001")]
    public async Task Who_it_is_may_be_said_in_several_forms(string me, string name)
    {
        _world.Graph.Answer = (http, request) => request.Target.Contains("/me?", StringComparison.Ordinal) ? GraphFake.JsonAsync(http, 200, me) : GraphFake.Friendly(http, request);

        var view = await _world.ConnectAsync();

        Assert.Equal((name, GraphFake.Account), (view.Name, (await _world.ChannelAsync(view.Id)).ExternalId));
    }

    [Fact]
    public async Task Edits_have_two_names_and_are_no_condition()
    {
        _world.Graph.Answer = (http, request) => request.Target.Contains("message_edit", StringComparison.Ordinal)
            ? GraphFake.JsonAsync(http, 400, GraphFake.Error(100, null, "Param subscribed_fields[4] must be one of"))
            : GraphFake.Friendly(http, request);

        await _world.ConnectAsync();

        Assert.Equal(
            ["message_edit", "message_edits", "message_reactions"],
            Asked().Where(a => a.StartsWith("POST", StringComparison.Ordinal)).Select(a => a.Split("%2C")[^1]));
    }

    [Theory]
    [InlineData(190, "Invalid OAuth access token", "Invalid OAuth access token")]
    [InlineData(190, $"The token {GraphFake.Token} is wrong", "Instagram refused it (error 190)")]
    public async Task One_that_instagram_refuses_is_refused_in_its_words(int code, string message, string reason)
    {
        _world.Graph.AnswerWith(400, GraphFake.Error(code, null, message));

        var refusal = await RefusalAsync(new ConnectInstagram(_world.Admin, GraphFake.Token));

        Assert.Equal(("channel_refused", reason), (refusal.Code, refusal.Message));
        Assert.Equal(0, await _world.ReadAsync(db => db.Channels.CountAsync()));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("IGQWR token with spaces")]
    public async Task One_that_is_none_is_not_even_tried(string token)
    {
        Assert.Equal("channel_refused", (await RefusalAsync(new ConnectInstagram(_world.Admin, token))).Code);
        Assert.Empty(_world.Graph.Requests);
    }

    [Fact]
    public async Task Without_a_token_the_field_is_named() =>
        await Assert.ThrowsAsync<ValidationException>(() => _world.AskAsync(new ConnectInstagram(_world.Admin, null)));

    [Fact]
    public async Task Another_account_than_was_named_is_refused()
    {
        var refusal = await RefusalAsync(new ConnectInstagram(_world.Admin, GraphFake.Token, "24000000000000007"));

        Assert.Equal(("channel_refused", "instagram_user_id"), (refusal.Code, refusal.Field));
        Assert.NotNull(await _world.AskAsync(new ConnectInstagram(_world.Admin, GraphFake.Token, GraphFake.Account)));
    }

    [Fact]
    public async Task An_account_without_webhooks_is_not_kept()
    {
        _world.Graph.Answer = RefuseSubscription;

        Assert.Equal("channel_refused", (await RefusalAsync(new ConnectInstagram(_world.Admin, GraphFake.Token))).Code);
        Assert.Null((await _world.ReadAsync(db => db.Channels.SingleAsync())).ExternalId);
    }

    [Fact]
    public async Task Once_more_it_gets_the_new_token_and_is_well_again()
    {
        var first = await _world.ConnectAsync();
        await _world.AskAsync(new NoteChannelHealth(first.Id, "The access token ended"));

        var second = await _world.AskAsync(new ConnectInstagram(_world.Admin, "IGQWRanother-token_0123456789"));

        Assert.Equal((first.Id, "active", null), (second.Id, second.Status, second.LastError));
        Assert.Equal("IGQWRanother-token_0123456789", InstagramWorld.Open((await _world.ChannelAsync(first.Id)).SealedToken));
    }

    [Fact]
    public async Task Nobody_else_can_have_it()
    {
        await _world.ConnectAsync();

        Assert.Equal("channel_taken", (await RefusalAsync(new ConnectInstagram(_world.Stranger, GraphFake.Token))).Code);
    }

    [Fact]
    public async Task An_agent_may_not() => Assert.Equal(
        "forbidden", (await RefusalAsync(new ConnectInstagram(_world.Admin with { Role = Role.Agent }, GraphFake.Token))).Code);

    [Fact]
    public async Task A_removed_one_gets_no_more_webhooks_and_may_come_back()
    {
        var view = await _world.ConnectAsync();

        await _world.AskAsync(new RemoveChannel(_world.Admin, view.Id));

        Assert.Equal($"DELETE /v25.0/{GraphFake.Account}/subscribed_apps", Asked()[^1]);
        Assert.Null((await _world.ChannelAsync(view.Id)).SealedToken);
        Assert.NotEqual(view.Id, (await _world.ConnectAsync()).Id);
    }

    [Fact]
    public async Task One_whose_token_is_dead_can_be_removed_all_the_same()
    {
        var view = await _world.ConnectAsync();
        _world.Graph.AnswerWith(400, GraphFake.Error(190));

        await _world.AskAsync(new RemoveChannel(_world.Admin, view.Id));

        Assert.NotNull((await _world.ChannelAsync(view.Id)).RemovedAt);
    }

    [Fact]
    public async Task A_check_asks_again_and_its_status_says_what_came_of_it()
    {
        var view = await _world.ConnectAsync();
        _world.Graph.AnswerWith(400, GraphFake.Error(190, 463, "Session has expired"));
        var broken = await _world.AskAsync(new CheckChannel(_world.Admin, view.Id));
        _world.Graph.Answer = (http, request) => request.Target.Contains("/me?", StringComparison.Ordinal)
            ? GraphFake.JsonAsync(http, 200, $$"""{"user_id":"{{GraphFake.Account}}","username":"new.example","name":"New"}""")
            : GraphFake.Friendly(http, request);
        var well = await _world.AskAsync(new CheckChannel(_world.Admin, view.Id));

        Assert.Equal(("error", "Session has expired"), (broken.Status, broken.LastError));
        Assert.Equal(("active", null, "New", "new.example"), (well.Status, well.LastError, well.Name, well.Username));
        Assert.StartsWith($"POST /v25.0/{GraphFake.Account}/subscribed_apps", Asked()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_speaks_for_the_account_that_it_is_linked_to()
    {
        await using var world = await InstagramWorld.CreateAsync(new() { ["Instagram:Login"] = "Facebook" });
        world.Graph.Answer = (http, request) => request.Target.Contains("/me?", StringComparison.Ordinal)
            ? GraphFake.JsonAsync(http, 200, $$$"""{"instagram_business_account":{"id":"{{{GraphFake.Account}}}","username":"shop.example"},"id":"5"}""")
            : GraphFake.Friendly(http, request);

        var view = await world.ConnectAsync();

        Assert.Equal(GraphFake.Account, (await world.ChannelAsync(view.Id)).ExternalId);
        Assert.StartsWith("/v25.0/me/subscribed_apps?", world.Graph.Requests.Last().Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_token_is_in_no_log_and_in_no_text()
    {
        var view = await _world.ConnectAsync();

        Assert.DoesNotContain(_world.Graph.Log.Lines, line => line.Contains(GraphFake.Token, StringComparison.Ordinal));
        Assert.DoesNotContain(GraphFake.Token, $"{new ConnectInstagram(_world.Admin, GraphFake.Token)} {view} {new RenewedToken(GraphFake.Token, null)}", StringComparison.Ordinal);
    }

    private static Task RefuseSubscription(Microsoft.AspNetCore.Http.HttpContext http, GraphRequest request) =>
        request.Target.Contains("subscribed_apps", StringComparison.Ordinal) ? GraphFake.JsonAsync(http, 403, GraphFake.Error(200)) : GraphFake.Friendly(http, request);

    private async Task<RuleBrokenException> RefusalAsync<TResult>(IRequest<TResult> request) =>
        await Assert.ThrowsAsync<RuleBrokenException>(() => _world.AskAsync(request));

    private string[] Asked() => [.. _world.Graph.Requests.Select(r => $"{r.Method} {r.Target}")];
}
