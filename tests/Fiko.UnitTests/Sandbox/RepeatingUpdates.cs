using System.Net;
using System.Net.Http.Json;
using Telegram.Bot;

namespace Fiko.UnitTests.Sandbox;

public class RepeatingUpdates
{
    [Fact]
    public async Task Each_update_is_posted_so_many_times_and_out_of_order()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.Bot().SetWebhook(host.HookUrl, cancellationToken: SandboxHost.Limit);
        await PutAsync(host, new { repeat = 3, shuffle_ms = 200, seed = 1 });

        var received = await WriteAsync(host, 10, 30);

        Assert.All(received.CountBy(t => t), t => Assert.Equal(3, t.Value));
        Assert.NotEqual(received.Order(), received);
        Assert.Equal(0, (await host.Bot().GetWebhookInfo(SandboxHost.Limit)).PendingUpdateCount);
    }

    [Fact]
    public async Task How_often_can_vary()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.Bot().SetWebhook(host.HookUrl, cancellationToken: SandboxHost.Limit);
        await PutAsync(host, new { repeat = 3, vary = true, seed = 1 });
        var drawn = new Random(1);
        int[] expected = [.. Enumerable.Range(0, 10).Select(_ =>
        {
            var copies = drawn.Next(1, 4);
            for (var i = 0; i < copies; i++)
            {
                drawn.Next(1);
            }

            return copies;
        })];

        var received = await WriteAsync(host, 10, expected.Sum());

        Assert.Equal(expected, received.CountBy(t => t).OrderBy(t => t.Key).Select(t => t.Value));
        Assert.Equal([1, 2, 3], expected.Distinct().Order());
    }

    [Fact]
    public async Task A_copy_that_is_refused_comes_again()
    {
        await using var host = await SandboxHost.StartAsync();
        host.Hook.Answer = call => call == 1 ? 500 : 200;
        await host.Bot().SetWebhook(host.HookUrl, cancellationToken: SandboxHost.Limit);
        await PutAsync(host, new { repeat = 2 });

        Assert.Equal(["100", "100", "100"], await WriteAsync(host, 1, 3));
    }

    [Fact]
    public async Task Without_a_wish_each_comes_once_and_in_order()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.Bot().SetWebhook(host.HookUrl, cancellationToken: SandboxHost.Limit);
        await PutAsync(host, new { repeat = 2, shuffle_ms = 50 });
        await PutAsync(host, new { });

        var received = await WriteAsync(host, 10, 10);

        Assert.Equal(received.Order(), received);
        Assert.Equal("""{"repeat":1,"shuffle_ms":0,"vary":false,"seed":null}""", (await host.LookAsync("webhooks")).ToJsonString());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(1, -1)]
    [InlineData(1, 60_001)]
    public async Task Other_wishes_are_a_problem(int repeat, int shuffle)
    {
        await using var host = await SandboxHost.StartAsync();

        var answer = await host.Http.PutAsJsonAsync("/sandbox/telegram/webhooks", new { repeat, shuffle_ms = shuffle }, SandboxHost.Limit);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<string[]> WriteAsync(SandboxHost host, int messages, int posts)
    {
        for (var i = 0; i < messages; i++)
        {
            await host.PostAsync("customers/42/messages", new { text = $"{100 + i}" });
        }

        List<string> received = [];
        while (received.Count < posts)
        {
            received.Add((await host.Hook.NextAsync()).Text!);
        }

        return [.. received];
    }

    private static async Task PutAsync(SandboxHost host, object wish) =>
        (await host.Http.PutAsJsonAsync("/sandbox/telegram/webhooks", wish, SandboxHost.Limit)).EnsureSuccessStatusCode();
}
