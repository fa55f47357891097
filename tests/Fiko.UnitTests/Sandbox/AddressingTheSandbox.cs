using System.Net;
using Telegram.Bot;

namespace Fiko.UnitTests.Sandbox;

public class AddressingTheSandbox
{
    [Fact]
    public async Task Bad_input_is_a_problem()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.Bot().GetMe(SandboxHost.Limit);

        var answers = new[]
        {
            await host.PostAsync("customers/42/messages", new { text = " " }), await host.PostAsync("customers/42/messages", new { }),
            await host.PostAsync("customers/42/messages", new { text = new string('x', 4097) }), await host.PostAsync("customers/42/messages", new { text = 5 }),
            await host.PostAsync("customers/negar/messages", new { text = "x" }), await host.PostAsync("customers/0/messages", new { text = "x" }),
            await host.PostAsync("groups/-77/messages", new { text = "x" }),
        };

        Assert.All(answers, a => Assert.Equal((400, "application/problem+json"), ((int)a.StatusCode, a.Content.Headers.ContentType?.MediaType)));
    }

    [Fact]
    public async Task The_bot_is_the_named_one_or_the_first_with_a_webhook_or_the_only_one()
    {
        await using var host = await SandboxHost.StartAsync();

        var none = await host.PostAsync("customers/42/messages", new { text = "none" });
        await host.Bot().GetMe(SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "only" });
        await host.Bot(SandboxHost.OtherToken).GetMe(SandboxHost.Limit);
        var several = await host.PostAsync("customers/42/messages", new { text = "several" });
        await host.PostAsync("customers/42/messages?bot=7000000001", new { text = "named" });
        await host.Bot(SandboxHost.OtherToken).SetWebhook(host.HookUrl, cancellationToken: SandboxHost.Limit);
        await host.PostAsync("customers/42/messages", new { text = "webhook" });

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (none.StatusCode, several.StatusCode));
        Assert.Equal(["only", "named"], (await host.Bot().GetUpdates(cancellationToken: SandboxHost.Limit)).Select(u => u.Message!.Text));
        Assert.Equal("webhook", (await host.Hook.NextAsync()).Text);
    }
}
