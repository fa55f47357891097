using Fiko.Application.Channels;
using Fiko.Domain.Channels;
using Fiko.FunctionalTests.Hosting;
using Fiko.Infrastructure.Channels.Telegram;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Telegram;

/// <summary>A server whose Telegram channel throws where it never should.</summary>
public sealed class StumblingServer : FikoServer
{
    public const string Poison = "poison";

    public StumblingServer() => Services = services =>
    {
        var real = services.Single(s => s.ServiceType == typeof(IChannel) && s.ImplementationType == typeof(TelegramChannel));
        services.Remove(real);
        services.AddSingleton<IChannel>(all => new Stumbling(ActivatorUtilities.CreateInstance<TelegramChannel>(all)));
    };

    private sealed class Stumbling(TelegramChannel inner) : IChannel, IPushesUpdates
    {
        public string Name => inner.Name;

        public string SecretHeader => inner.SecretHeader;

        public AnswerWindow? Window => inner.Window;

        public SendLimits Limits => inner.Limits;

        public string ScopeOf(string chat) => inner.ScopeOf(chat);

        public IReadOnlyList<PlannedPart> Plan(string text, IReadOnlyList<FileFacts> files) => inner.Plan(text, files);

        public Task<SendOutcome> SendAsync(ChannelConnection channel, OutgoingPart part, CancellationToken ct) =>
            part.Text == Poison ? throw new InvalidOperationException("Stumbled") : inner.SendAsync(channel, part, ct);

        public UpdateIdentity Identify(string body) => inner.Identify(body);

        public InboundNews Read(string body) =>
            body.Contains(Poison, StringComparison.Ordinal) ? throw new InvalidOperationException("Stumbled") : inner.Read(body);
    }
}

public sealed class ReceivingAnUpdateThatCannotBeApplied(StumblingServer server) : IClassFixture<StumblingServer>
{
    [Fact]
    public async Task It_is_set_aside_with_the_reason_and_blocks_nothing()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        var conversation = await telegram.BeginAsync(customer, "before");

        await telegram.Customers.WriteAsync(customer, StumblingServer.Poison);
        await telegram.Customers.WriteAsync(customer, "after");

        var updates = await telegram.SettledUpdatesAsync(3);
        Assert.Equal([InboundStatus.Processed, InboundStatus.Failed, InboundStatus.Processed], updates.Select(u => u.Status));
        Assert.Equal("Could not be applied: InvalidOperationException", updates[1].Reason);
        Assert.Contains(StumblingServer.Poison, updates[1].Body, StringComparison.Ordinal);
        Assert.Equal(["before", "after"], (await telegram.ReadChatAsync(conversation)).Select(m => m.GetProperty("content").GetString()));
    }

    [Fact]
    public async Task A_send_that_throws_is_uncertain_and_blocks_nothing()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var customer = CustomersSide.NewCustomer();
        await using var chat = await telegram.OpenChatAsync(await telegram.BeginAsync(customer));

        await chat.SendAsync(new { type = "chat_message", content = StumblingServer.Poison });
        await chat.SendAsync(new { type = "chat_message", content = "after" });

        Assert.Equal("uncertain", (await chat.NextAsync("chat_message")).GetProperty("message").GetProperty("status").GetString());
        Assert.Equal("sent", (await chat.NextAsync("chat_message")).GetProperty("message").GetProperty("status").GetString());
        Assert.Equal(["after"], await telegram.Customers.AnswersAsync(customer));
    }
}
