using System.Collections.Concurrent;
using System.Text.Json;
using Fiko.FunctionalTests.Hosting;
using Microsoft.AspNetCore.Http;

namespace Fiko.FunctionalTests.Webhooks;

public sealed class MeetingFaults(EagerServer server) : IClassFixture<EagerServer>, IAsyncLifetime
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
    public async Task An_error_is_tried_again_under_the_same_id()
    {
        _receiver.Fails(2, AnswerAsync(500));

        await _workspace.BeginAsync("negar");

        var taken = (await _receiver.TookAsync(1))[0];
        var delivery = await _webhook.NewestAsync("delivered");
        Assert.Equal([taken.Id, taken.Id, taken.Id], _receiver.Calls.Select(c => c.Id));
        Assert.Equal((3, 200, JsonValueKind.Null), (delivery.Number("attempts"), delivery.Number("last_status_code"), delivery.At("error").ValueKind));
    }

    [Fact]
    public async Task Silence_is_an_error()
    {
        _receiver.Behaves = (_, http) => HangAsync(http.RequestAborted);

        await _workspace.BeginAsync("negar");
        await _receiver.HeardAsync(1);
        var waiting = await FailedAsync();
        _receiver.Behaves = (_, _) => Task.CompletedTask;

        Assert.Equal(("No answer within 1 s", JsonValueKind.Null), (waiting.Text("error"), waiting.At("last_status_code").ValueKind));
        await _receiver.TookAsync(1);
    }

    [Fact]
    public async Task So_is_a_connection_that_breaks()
    {
        _receiver.Fails(2, http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });

        await _workspace.BeginAsync("negar");

        await _receiver.TookAsync(1);
        Assert.Equal(3, (await _webhook.NewestAsync("delivered")).Number("attempts"));
    }

    [Fact]
    public async Task And_nobody_there()
    {
        var gone = await WebhookReceiver.StartAsync();
        await gone.DisposeAsync();
        await _webhook.ChangeAsync(new { url = gone.Url });
        await _workspace.BeginAsync("negar");

        Assert.Equal("No connection could be made", (await FailedAsync()).Text("error"));
        await _webhook.ChangeAsync(new { url = _receiver.Url });

        await _receiver.TookAsync(1);
    }

    [Fact]
    public async Task A_good_status_counts_whatever_becomes_of_the_rest()
    {
        _receiver.Behaves = async (_, http) =>
        {
            await http.Response.WriteAsync("half of it");
            await http.Response.Body.FlushAsync();

            // What breaks off at once takes along what was said already.
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
            http.Abort();
        };

        await _workspace.BeginAsync("negar");

        Assert.Equal(1, (await _webhook.NewestAsync("delivered")).Number("attempts"));
    }

    [Fact]
    public async Task An_endless_answer_is_not_read()
    {
        long written = 0;
        _receiver.Behaves = async (_, http) =>
        {
            var piece = new byte[64 * 1024];
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(piece, http.RequestAborted);
                Interlocked.Add(ref written, piece.Length);

                // What is written to a closed connection goes nowhere at once: this leaves time to notice it.
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }
        };

        await _workspace.BeginAsync("negar");

        Assert.Equal(1, (await _webhook.NewestAsync("delivered")).Number("attempts"));
        Assert.InRange(Interlocked.Read(ref written), 0, 16 << 20);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _receiver.Fails(1, http =>
        {
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });

        await _workspace.BeginAsync("negar");

        await _receiver.TookAsync(1);
        Assert.All(_receiver.Calls, c => Assert.Equal("/hook", c.Path));
        Assert.Equal(2, _receiver.Calls.Count);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_switched_off_and_goes_on_where_it_stopped()
    {
        _receiver.Fails(1, AnswerAsync(410));
        await _workspace.BeginAsync("negar", "1");
        var off = await Eventually.SeesAsync(() => _webhook.ReadAsync(), w => !w.At("is_active").GetBoolean(), "it to be switched off");
        await _workspace.WriteAsync("negar", "2");
        await _workspace.WriteAsync("negar", "3");

        await _webhook.ChangeAsync(new { is_active = true });

        var taken = await _receiver.TookAsync(2);
        Assert.Equal(("The receiver answered 410 Gone", "dead"), (off.Text("disabled_reason"), (await _webhook.DeliveriesAsync())[^1].Text("status")));
        Assert.Equal(["2", "3"], taken.Select(c => c.Content));
        Assert.Equal(JsonValueKind.Null, (await _webhook.ReadAsync()).At("disabled_reason").ValueKind);
    }

    [Fact]
    public async Task Each_conversation_comes_in_order_whatever_goes_wrong_and_none_waits_for_another()
    {
        const int Conversations = 6;
        const int Messages = 15;
        var chance = new Random(4711);
        var busy = new ConcurrentDictionary<string, int>();
        var (mostOfOne, mostInAll, inAll) = (0, 0, 0);
        _receiver.Behaves = async (call, http) =>
        {
            mostOfOne = Math.Max(mostOfOne, busy.AddOrUpdate(call.Conversation!, 1, (_, n) => n + 1));
            mostInAll = Math.Max(mostInAll, Interlocked.Increment(ref inAll));
            await MisbehaveAsync(Roll(chance), http);
            Interlocked.Decrement(ref inAll);
            busy.AddOrUpdate(call.Conversation!, 0, (_, n) => n - 1);
        };

        await Task.WhenAll(Enumerable.Range(0, Conversations).Select(async n =>
        {
            for (var m = 0; m < Messages; m++)
            {
                await _workspace.WriteAsync($"c{n}", $"{m}");
            }
        }));

        await Eventually.SeesAsync(
            () => _webhook.DeliveriesAsync("status=delivered"), all => all.Length == Conversations * Messages, "all to be delivered", TimeSpan.FromSeconds(60));
        var byConversation = _receiver.Calls.GroupBy(c => c.Conversation).ToArray();
        Assert.Equal(Conversations, byConversation.Length);
        Assert.All(byConversation, calls =>
        {
            var positions = calls.Select(c => c.Position).ToArray();
            Assert.Equal(positions.Order(), positions);
            Assert.Equal(Enumerable.Range(0, Messages).Select(m => $"{m}"), calls.DistinctBy(c => c.Id).Select(c => c.Content));
        });
        Assert.True(mostInAll > 1, "One conversation waited for another");
        Assert.Equal(1, mostOfOne);
        Assert.True(_receiver.Calls.Count > Conversations * Messages, "Nothing went wrong");
    }

    [Fact]
    public async Task Events_wait_in_the_log_while_a_receiver_has_no_room_for_them()
    {
        await using var own = new EagerServer { Settings = { ["Webhooks:MaxQueued"] = "3", ["Webhooks:MaxParallel"] = "2" } };
        await own.InitializeAsync();
        var workspace = await TestWorkspace.CreateAsync(own);
        var webhook = await Subscriber.CreateAsync(own, workspace.Owner, _receiver);
        _receiver.Behaves = (_, http) => AnswerAsync(503)(http);
        for (var n = 0; n < 30; n++)
        {
            await workspace.WriteAsync($"c{n % 3}", $"{n}");
        }

        await _receiver.HeardAsync(10);
        _receiver.Behaves = (_, _) => Task.CompletedTask;

        var taken = await _receiver.TookAsync(30);
        Assert.Equal(Enumerable.Range(0, 30).Select(n => $"{n}").Order(), taken.Select(c => c.Content).Order());
        Assert.Equal(30, (await Eventually.SeesAsync(() => webhook.DeliveriesAsync("status=delivered"), all => all.Length == 30, "all")).Length);
    }

    private async Task<JsonElement> FailedAsync() => (await Eventually.SeesAsync(
        () => _webhook.DeliveriesAsync(), all => all.Length > 0 && all[0].At("error").ValueKind is not JsonValueKind.Null, "the failure"))[0];

    private static int Roll(Random chance)
    {
        lock (chance)
        {
            return chance.Next(100);
        }
    }

    private static async Task MisbehaveAsync(int roll, HttpContext http)
    {
        switch (roll)
        {
            case < 15:
                http.Response.StatusCode = 500;
                break;
            case < 20:
                http.Abort();
                break;
            case < 23:
                await HangAsync(http.RequestAborted);
                break;
            case < 60:
                await Task.Delay(TimeSpan.FromMilliseconds(roll), TimeProvider.System);
                break;
        }
    }

    private static Func<HttpContext, Task> AnswerAsync(int status) => http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private static async Task HangAsync(CancellationToken until)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, until).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
