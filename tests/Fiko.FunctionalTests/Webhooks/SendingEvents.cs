using System.Text.Json;
using Fiko.FunctionalTests.Events;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Webhooks;

public sealed class SendingEvents(EagerServer server) : IClassFixture<EagerServer>, IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;
    private TestWorkspace _workspace = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _workspace = await TestWorkspace.CreateAsync(server);
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task What_is_sent_is_what_the_feed_shows()
    {
        await Subscriber.CreateAsync(server, _workspace.Owner, _receiver);

        await _workspace.BeginAsync("negar", "سلام 👋");

        var call = (await _receiver.TookAsync(1))[0];
        var item = (await server.PullAsync(_workspace.Owner, "after=beginning")).At("items.0");
        Assert.Equal(item.GetRawText(), JsonSerializer.Deserialize<JsonElement>(call.Bytes).GetRawText());
        Assert.Equal("POST application/json; charset=utf-8 Fiko-Webhooks/1", call.Head);
        Assert.Equal($"evt_{item.Text("cursor")}", call.Id);
    }

    [Fact]
    public async Task The_receiver_can_tell_that_we_sent_it()
    {
        var webhook = await Subscriber.CreateAsync(server, _workspace.Owner, _receiver);

        await _workspace.BeginAsync("negar");

        var call = (await _receiver.TookAsync(1))[0];
        Assert.True(SignatureSample.IsGenuine(call.Signature, call.Bytes, webhook.Secret, call.SignedAt));
        Assert.False(SignatureSample.IsGenuine(call.Signature, call.Bytes, webhook.Secret, call.SignedAt.AddMinutes(6)));
        Assert.False(SignatureSample.IsGenuine(call.Signature, [.. call.Bytes, 32], webhook.Secret, call.SignedAt));
        Assert.False(SignatureSample.IsGenuine(call.Signature, call.Bytes, $"{webhook.Secret}1", call.SignedAt));
    }

    [Fact]
    public async Task Only_what_is_wanted_comes_and_nothing_from_before()
    {
        await _workspace.BeginAsync("negar", "before");
        await Subscriber.CreateAsync(server, _workspace.Owner, _receiver, "conversation_read");

        var conversation = (await server.PullAsync(_workspace.Owner, "after=beginning")).Text("items.0.conversation_id")!;
        await _workspace.WriteAsync("negar", "not wanted");
        await using var chat = await _workspace.OpenChatAsync(_workspace.Owner, conversation);
        await chat.SendAsync(new { type = "mark_read" });

        await _receiver.TookAsync(1);
        Assert.Equal(["conversation_read"], _receiver.Calls.Select(c => c.Type));
    }

    [Fact]
    public async Task Two_subscriptions_get_each_their_own()
    {
        await using var second = await WebhookReceiver.StartAsync();
        await Subscriber.CreateAsync(server, _workspace.Owner, _receiver);
        await Subscriber.CreateAsync(server, _workspace.Owner, second);
        _receiver.Fails(int.MaxValue, Refuse);

        await _workspace.BeginAsync("negar", "for both");
        await second.TookAsync(1);
        await _receiver.HeardAsync(2);

        Assert.Empty(_receiver.Taken);
        Assert.Equal(["for both"], second.Taken.Select(c => c.Content));
    }

    [Fact]
    public async Task What_is_erased_before_it_could_be_delivered_is_never_sent()
    {
        await Subscriber.CreateAsync(server, _workspace.Owner, _receiver, "message_published", "message_deleted");
        var conversation = await _workspace.BeginAsync("negar");
        _receiver.Fails(int.MaxValue, Refuse);
        await using var chat = await _workspace.OpenChatAsync(_workspace.Owner, conversation);
        await chat.SendAsync(new { type = "chat_message", content = "a slip" });
        var id = (await chat.NextAsync("chat_message")).Text("message.id");
        await _receiver.HeardAsync(1);

        await chat.SendAsync(new { type = "delete_message", message_id = id });
        await chat.NextAsync("message_deleted");
        _receiver.Behaves = (_, _) => Task.CompletedTask;

        var taken = await _receiver.TookAsync(2);
        Assert.Equal([("message_published", ""), ("message_deleted", "")], taken.Select(c => (c.Type, c.Content!)));
        Assert.NotNull(taken[0].Json.Text("message.deleted_at"));
    }

    [Fact]
    public async Task A_test_sends_a_ping_also_where_it_is_switched_off()
    {
        var webhook = await Subscriber.CreateAsync(server, _workspace.Owner, _receiver, "conversation_read");
        await webhook.ChangeAsync(new { is_active = false });

        var queued = await webhook.DoAsync("/test");
        await _receiver.TookAsync(1);
        var delivered = await webhook.NewestAsync("delivered");

        var ping = _receiver.Calls.Single();
        Assert.Equal(("ping", $"ping_{queued.Number("id")}"), (ping.Type, ping.Id));
        Assert.Equal("cursor type occurred_at conversation_id facts conversation message", ping.Json.Names());
        Assert.True(SignatureSample.IsGenuine(ping.Signature, ping.Bytes, webhook.Secret, ping.SignedAt));
        Assert.Equal((1, 200, JsonValueKind.Null), (delivered.Number("attempts"), delivered.Number("last_status_code"), delivered.At("cursor").ValueKind));
        Assert.Equal(delivered.GetRawText(), (await webhook.ReadAsync($"/deliveries/{queued.Number("id")}")).GetRawText());
    }

    [Fact]
    public async Task A_ping_is_tried_once()
    {
        var webhook = await Subscriber.CreateAsync(server, _workspace.Owner, _receiver);
        _receiver.Fails(int.MaxValue, Refuse);

        await webhook.DoAsync("/test");

        var dead = await webhook.NewestAsync("dead");
        Assert.Equal((1, "The receiver answered 500"), (dead.Number("attempts"), dead.Text("error")));
        Assert.Single(_receiver.Calls);
    }

    [Fact]
    public async Task The_log_of_deliveries_has_pages_and_filters()
    {
        var webhook = await Subscriber.CreateAsync(server, _workspace.Owner, _receiver, "message_received");
        for (var n = 0; n < 5; n++)
        {
            await _workspace.WriteAsync("negar", $"{n}");
        }

        await Eventually.SeesAsync(() => webhook.DeliveriesAsync("status=delivered"), all => all.Length == 5, "all to be delivered");
        var first = await webhook.ReadAsync("/deliveries?limit=3&include_total=true");
        var second = await webhook.ReadAsync($"/deliveries?limit=3&cursor={first.Text("next_cursor")}");

        Assert.Equal(
            "id cursor type conversation_id message_id status attempts last_status_code duration_ms error created_at last_attempt_at next_attempt_at ended_at",
            first.At("items.0").Names());
        Assert.Equal(5, first.Number("total"));
        var positions = first.Items().Concat(second.Items()).Select(d => Mirror.PositionOf(d.Text("cursor")!)).ToArray();
        Assert.Equal(positions.OrderDescending(), positions);
        Assert.Equal(5, positions.Distinct().Count());
        Assert.Empty(await webhook.DeliveriesAsync("status=dead"));
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await webhook.CallAsync(HttpMethod.Get, "/deliveries?status=lost")).Status);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await webhook.CallAsync(HttpMethod.Get, "/deliveries?state=dead")).Status);
    }

    private static Task Refuse(Microsoft.AspNetCore.Http.HttpContext http)
    {
        http.Response.StatusCode = 500;
        return Task.CompletedTask;
    }
}
