using System.Text.Json;
using Fiko.FunctionalTests.Events;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Webhooks;

public sealed class GivingUpAndReplaying(GivingUpAndReplaying.Server server) : IClassFixture<GivingUpAndReplaying.Server>, IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;
    private TestWorkspace _workspace = null!;
    private Subscriber _webhook = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _workspace = await TestWorkspace.CreateAsync(server);
        _webhook = await Subscriber.CreateAsync(server, _workspace.Owner, _receiver, "message_received");
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task After_a_day_of_growing_pauses_an_event_is_dead_and_the_next_goes_on()
    {
        Refuse();
        await _workspace.WriteAsync("negar", "first");
        await _workspace.WriteAsync("negar", "second");

        var pauses = await WaitUntilDeadAsync(0, "first");
        await WaitUntilDeadAsync(1, "second");

        Assert.All(pauses.Take(8).Select((pause, n) => (pause, full: TimeSpan.FromSeconds(5) * Math.Pow(2, n))), p => Assert.InRange(p.pause, p.full / 2, p.full));
        Assert.All(pauses.Skip(11), pause => Assert.InRange(pause, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(60)));
        Assert.InRange(pauses.Aggregate(TimeSpan.Zero, (sum, p) => sum + p), TimeSpan.FromHours(22), TimeSpan.FromHours(24));
        Assert.Equal("second", _receiver.Calls[^1].Content);
        var dead = await DeadAsync(2);
        Assert.All(dead, d => Assert.Equal(("The receiver answered 500", 500), (d.Text("error"), d.Number("last_status_code"))));
    }

    [Fact]
    public async Task What_is_dead_can_be_sent_again_one_or_all()
    {
        await DieAsync("one", "two", "three");
        var dead = await DeadAsync(3);
        _receiver.Behaves = (_, _) => Task.CompletedTask;

        var again = await _webhook.DoAsync($"/deliveries/{dead[^1].Number("id")}/replay");
        await _receiver.TookAsync(1);
        var rest = await _webhook.DoAsync("/replay");
        await _receiver.TookAsync(3);

        Assert.Equal(("pending", 0), (again.Text("status"), again.Number("attempts")));
        Assert.Equal((2, false), (rest.Number("restarted"), rest.At("has_more").GetBoolean()));
        Assert.Equal(["one", "three", "two"], _receiver.Taken.Select(c => c.Content).Order());
        Assert.Equal("one", _receiver.Taken[0].Content);
        Assert.All(_receiver.Taken.Select(t => t.Id), id => Assert.True(_receiver.Calls.Count(c => c.Id == id) > 1));
        await Eventually.SeesAsync(() => _webhook.DeliveriesAsync("status=dead"), all => all.Length == 0, "nothing to be dead");
    }

    [Fact]
    public async Task From_a_place_in_the_log_on_everything_comes_again_in_order()
    {
        var before = (await server.PullAsync(await OwnerAsync())).Text("next_cursor");
        for (var n = 1; n <= 5; n++)
        {
            await _workspace.WriteAsync("negar", $"{n}");
        }

        await _receiver.TookAsync(5);
        var third = Mirror.PositionOf(before!) + 2;
        var cursor = $"{before!.Split('.')[0]}.{third:x}";
        await _webhook.DoAsync("/replay", new { after = cursor });
        await _receiver.TookAsync(8);
        await _webhook.DoAsync("/replay", new { after = "beginning" });
        await _receiver.TookAsync(13);

        Assert.Equal(["1", "2", "3", "4", "5", "3", "4", "5", "1", "2", "3", "4", "5"], _receiver.Taken.Select(c => c.Content));
        Assert.Equal(5, _receiver.Taken.Select(c => c.Id).Distinct().Count());
        Assert.Equal(5, (await _webhook.DeliveriesAsync()).Length);
        foreach (var bad in (string[])["nonsense", $"{before.Split('.')[0]}.ffff", ""])
        {
            Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await _webhook.CallAsync(HttpMethod.Post, "/replay", new { after = bad })).Status);
        }
    }

    [Fact]
    public async Task What_came_before_the_subscription_can_be_had_too()
    {
        await _workspace.WriteAsync("negar", "early");
        var later = await Subscriber.CreateAsync(server, await OwnerAsync(), _receiver, "message_received");
        await _receiver.TookAsync(1);

        await later.DoAsync("/replay", new { after = "beginning" });

        await _receiver.TookAsync(2);
        Assert.Equal(["early", "early"], _receiver.Taken.Select(c => c.Content));
    }

    [Fact]
    public async Task For_a_day_a_changed_secret_signs_beside_the_old_one()
    {
        var changed = await _webhook.DoAsync("/secret");
        await _workspace.WriteAsync("negar", "while both count");
        var both = (await _receiver.TookAsync(1))[0];
        Pass(TimeSpan.FromHours(25));
        await _workspace.WriteAsync("negar", "afterwards");
        var one = (await _receiver.TookAsync(2))[1];

        var secret = changed.Text("secret")!;
        Assert.NotEqual(_webhook.Secret, secret);
        Assert.True(changed.At("old_secret_until").GetDateTimeOffset() > both.SignedAt.AddHours(23));
        Assert.True(SignatureSample.IsGenuine(both.Signature, both.Bytes, secret, both.SignedAt));
        Assert.True(SignatureSample.IsGenuine(both.Signature, both.Bytes, _webhook.Secret, both.SignedAt));
        Assert.True(SignatureSample.IsGenuine(one.Signature, one.Bytes, secret, one.SignedAt));
        Assert.False(SignatureSample.IsGenuine(one.Signature, one.Bytes, _webhook.Secret, one.SignedAt));
        Assert.Equal(2, one.Signature.Split(',').Length);
        var shown = await (_webhook with { By = await OwnerAsync() }).ReadAsync();
        Assert.Equal(JsonValueKind.Null, shown.At("old_secret_until").ValueKind);
    }

    [Fact]
    public async Task The_log_of_deliveries_is_kept_for_a_week()
    {
        await _workspace.WriteAsync("negar", "long ago");
        await _webhook.NewestAsync("delivered");
        Pass(TimeSpan.FromDays(6));
        var webhook = _webhook with { By = await OwnerAsync() };
        Assert.Single(await webhook.DeliveriesAsync());

        Pass(TimeSpan.FromDays(1.1));

        webhook = _webhook with { By = await OwnerAsync() };
        await Eventually.SeesAsync(() => webhook.DeliveriesAsync(), all => all.Length == 0, "the log to be swept");
        await webhook.DoAsync("/replay", new { after = "beginning" });
        await _receiver.TookAsync(2);
        Assert.Single(_receiver.Taken.Select(c => c.Id).Distinct());
    }

    // In one step: every timer of the server would ring for each of its periods on the way. Its next look finds what is due.
    private void Pass(TimeSpan time)
    {
        var rest = TimeSpan.FromMinutes(11);
        if (time > rest)
        {
            server.Clock.AdjustTime(server.Clock.GetUtcNow() + time - rest);
        }

        server.Clock.Advance(time > rest ? rest : time);
    }

    private void Refuse() => _receiver.Behaves = (_, http) =>
    {
        http.Response.StatusCode = 500;
        return Task.CompletedTask;
    };

    private async Task DieAsync(params string[] contents)
    {
        Refuse();
        foreach (var content in contents)
        {
            await _workspace.WriteAsync(content, content);
        }

        await _receiver.HeardAsync(contents.Length);
        for (var n = 0; n < 2; n++)
        {
            await QuietAsync();
            Pass(TimeSpan.FromHours(24));
        }
    }

    private async Task<JsonElement[]> DeadAsync(int count)
    {
        _webhook = _webhook with { By = await OwnerAsync() };
        return await Eventually.SeesAsync(() => _webhook.DeliveriesAsync("status=dead"), all => all.Length == count, $"{count} to be dead");
    }

    // Goes from attempt to attempt, and returns the pauses between them.
    private async Task<List<TimeSpan>> WaitUntilDeadAsync(int number, string content)
    {
        var pauses = new List<TimeSpan>();
        while (true)
        {
            await QuietAsync();
            var delivery = (await _webhook.DeliveriesAsync())[^(number + 1)];
            if (delivery.Text("status") == "dead")
            {
                Assert.Equal(delivery.Number("attempts"), _receiver.Calls.Count(c => c.Content == content));
                return pauses;
            }

            pauses.Add(delivery.At("next_attempt_at").GetDateTimeOffset() - delivery.At("last_attempt_at").GetDateTimeOffset());
            Pass(delivery.At("next_attempt_at").GetDateTimeOffset() - server.Clock.GetUtcNow() + TimeSpan.FromMilliseconds(5));
        }
    }

    // Nothing is being sent, and nothing is due but what waits for something before it.
    private async Task QuietAsync()
    {
        _webhook = _webhook with { By = await OwnerAsync() };
        await Eventually.SeesAsync(
            () => _webhook.DeliveriesAsync(),
            all => all.All(d => d.Text("status") != "sending") && all.GroupBy(d => d.Text("conversation_id"))
                .Select(g => g.LastOrDefault(d => d.Text("status") == "pending"))
                .All(d => d.ValueKind is JsonValueKind.Undefined || d.At("next_attempt_at").GetDateTimeOffset() > server.Clock.GetUtcNow()),
            "the sending to rest");
    }

    // Tokens end on this clock.
    private async Task<TestAgent> OwnerAsync() => _workspace.Owner with { Token = await server.LogInAsync(_workspace.Owner.Email, TestWorkspace.Password) };

    /// <summary>A server that says little: days pass on it.</summary>
    public sealed class Server : ClockedServer
    {
        public Server()
        {
            foreach (var category in Settings.Keys.Where(k => k.StartsWith("Logging:", StringComparison.Ordinal)).ToArray())
            {
                Settings[category] = "Warning";
            }
        }
    }
}
