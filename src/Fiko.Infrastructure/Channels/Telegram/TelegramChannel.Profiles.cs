using System.Text.Json;
using Fiko.Application.Channels;
using Telegram.Bot;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>Who a customer is (core.telegram.org/bots/api#getchat). The picture's file id is fetched as any other file's.</summary>
internal sealed partial class TelegramChannel : IKnowsProfiles
{
    public async Task<ProfileOutcome> FetchProfileAsync(ChannelConnection channel, string address, CancellationToken ct) =>
        TelegramCalls.TryNumber(address, out var id)
            ? await calls.AskAsync<ProfileOutcome>(
                channel,
                options.Value.SetupTimeout,
                async (bot, limited) => ProfileOf(await bot.SendRequest(new FindChatRequest { ChatId = id }, limited)),
                failed => failed.IsFinal ? new ProfileOutcome.Withheld(failed.Reason) : new ProfileOutcome.TryAgain(failed.Reason, failed.RetryAfter),
                ct)
            : new ProfileOutcome.Withheld("Bad Request: chat not found");

    private static ProfileOutcome.Known ProfileOf(JsonElement chat)
    {
        var photo = chat.Object("photo");
        var picture = TelegramFiles.IdOf(photo?.Text("small_file_id"));
        return new ProfileOutcome.Known(TelegramPeople.ProfileOf(chat), picture, picture is null ? null : photo?.Text("small_file_unique_id") ?? picture);
    }
}
