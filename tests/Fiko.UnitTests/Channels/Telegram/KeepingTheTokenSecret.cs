using System.Collections.Concurrent;
using System.Diagnostics;
using Fiko.Application.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class KeepingTheTokenSecret
{
    [Fact]
    public async Task Neither_a_log_nor_a_trace_carries_it()
    {
        var traced = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traced.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(listener);
        await using var telegram = new TelegramFake();
        await using var services = telegram.Build(new FakeTimeProvider());
        var channel = services.GetRequiredService<IChannel>();
        var bot = new ChannelConnection(7, TelegramFake.Token);

        await channel.SendAsync(bot, new OutgoingPart("42", "hi"), TestContext.Current.CancellationToken);
        telegram.Answer = _ => TelegramFake.Raw(502, "text/html", "<html>");
        await channel.SendAsync(bot, new OutgoingPart("42", "hi"), TestContext.Current.CancellationToken);
        await ((IShowsCourtesy)channel).ShowTypingAsync(bot, "42", typing: true, TestContext.Current.CancellationToken);

        Assert.Equal(3, telegram.Requests.Count);
        Assert.DoesNotContain(telegram.Log.Lines, line => line.Contains(TelegramFake.Token, StringComparison.Ordinal));
        Assert.DoesNotContain(traced, line => line.Contains(TelegramFake.Token, StringComparison.Ordinal));
        Assert.DoesNotContain(TelegramFake.Token, $"{bot} {new ConnectTelegram(null!, TelegramFake.Token)}", StringComparison.Ordinal);
    }
}
