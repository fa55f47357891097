using System.Net.Http;
using Fiko.Application.Channels;
using Fiko.Infrastructure.Channels.Telegram;
using Telegram.Bot;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class FailingToConnect
{
    [Fact]
    public async Task A_connection_that_takes_too_long_took_nothing()
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(20),
            ConnectCallback = async (_, ct) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
                throw new InvalidOperationException("Nobody waits that long");
            },
        };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var bot = new TelegramBotClient(new TelegramBotClientOptions(TelegramFake.Token, "http://127.0.0.1:9"), http);

        var failure = await Record.ExceptionAsync(() => bot.GetMe(TestContext.Current.CancellationToken));

        Assert.Equal(new SendOutcome.NotTaken("Telegram could not be reached"), TelegramFailures.Outcome(failure!, TelegramFake.Token, gaveUp: false));
    }
}
