using System.Net;
using Fiko.Application.Channels;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace Fiko.Infrastructure.Channels.Telegram;

/// <summary>Files, either way. A download's address holds the token, so that the bytes go through this server and nothing else does.</summary>
internal sealed partial class TelegramChannel : ICarriesFiles
{
    public string? Objection(FileFacts file) => TelegramUpload.Objection(file);

    public Task<FetchOutcome> FetchAsync(ChannelConnection channel, string remoteId, Stream to, long limit, CancellationToken ct) => calls.AskAsync<FetchOutcome>(
        channel,
        options.Value.DownloadTimeout,
        async (bot, limited) =>
        {
            var file = await bot.SendRequest(new FindFileRequest { FileId = remoteId }, limited);
            return PathOf(file) is { } path
                ? await DownloadAsync(channel.Token, path, to, limit, limited)
                : new FetchOutcome.Gone("Telegram names no place where the file could be had");
        },
        failed => !failed.IsFinal ? new FetchOutcome.TryAgain(failed.Reason, failed.RetryAfter)
            : new FetchOutcome.Gone(failed.Reason.Contains("file is too big", StringComparison.OrdinalIgnoreCase) ? TelegramFiles.TooLarge : failed.Reason),
        ct);

    private async Task<FetchOutcome> DownloadAsync(string token, string path, Stream to, long limit, CancellationToken ct)
    {
        using var answer = await clients.DownloadAsync(token, path, ct);
        if (!answer.IsSuccessStatusCode)
        {
            return answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
                ? new FetchOutcome.TryAgain($"Telegram could not hand the file out (status {(int)answer.StatusCode})", answer.Headers.RetryAfter?.Delta)
                : new FetchOutcome.Gone($"Telegram no longer has the file (status {(int)answer.StatusCode})");
        }

        return answer.Content.Headers.ContentLength > limit || !await BoundedCopy.TryAsync(await answer.Content.ReadAsStreamAsync(ct), to, limit, ct)
            ? new FetchOutcome.Gone($"Larger than the {limit / (1024 * 1024)} MB that are kept")
            : new FetchOutcome.Fetched();
    }

    // A Bot API server in its local mode answers with a path on its own disk, which is no address.
    private static string? PathOf(System.Text.Json.JsonElement file) =>
        file.Text("file_path") is { Length: > 0 } path && path[0] is not '/' && !path.Split('/', '\\').Contains("..") ? path : null;

    private static async Task<string?> UploadAsync(ITelegramBotClient bot, long chat, OutgoingPart part, OutgoingFile file, CancellationToken ct)
    {
        var way = TelegramUpload.Of(file.Facts);
        try
        {
            return await UploadAsync(bot, chat, part, file, way, ct);
        }
        catch (ApiRequestException refused) when (way == TelegramUpload.Photo && IsAboutThePhoto(refused))
        {
            // Refused as a picture (too long, too wide, odd colours) and certainly not taken; as a document it has no such rules.
            return await UploadAsync(bot, chat, part, file, TelegramUpload.Document, ct);
        }
    }

    private static async Task<string?> UploadAsync(
        ITelegramBotClient bot, long chat, OutgoingPart part, OutgoingFile file, TelegramUpload way, CancellationToken ct)
    {
        await using var bytes = await OpenAsync(file, ct);
        var request = new UploadRequest(way)
        {
            ChatId = chat,
            Bytes = bytes,
            Name = file.Facts.Name,
            MediaType = file.Facts.MediaType,
            Caption = way.TakesCaption ? part.Text : null,
            ReplyParameters = ReplyTo(part),
        };
        return IdOf(await bot.SendRequest(request, ct));
    }

    private static bool IsAboutThePhoto(ApiRequestException refused) =>
        refused.ErrorCode is 400 && (TelegramFailures.Says(refused, "PHOTO_") || TelegramFailures.Says(refused, "IMAGE_PROCESS_FAILED"));

    // Before the first byte leaves, it is certain that nothing was taken.
    private static async Task<Stream> OpenAsync(OutgoingFile file, CancellationToken ct)
    {
        try
        {
            return await file.OpenAsync(ct);
        }
        catch (FileNotFoundException gone)
        {
            throw new FileUnreadableException("The file is no longer there", isForGood: true, gone);
        }
        catch (Exception failed)
        {
            throw new FileUnreadableException("The file could not be read", isForGood: false, failed);
        }
    }
}
