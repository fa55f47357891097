using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fiko.WebApi.Sandbox.Telegram.Media;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>The Bot API methods in use: parameters in, answer out.</summary>
internal static partial class BotMethods
{
    private const int LongestPoll = 50;

    public static async Task<BotAnswer> CallAsync(TelegramSandbox sandbox, SandboxBot bot, string method, BotParameters parameters, CancellationToken ct) =>
        method.ToLowerInvariant() switch
        {
            "getme" => BotAnswer.Ok(GetMe(bot)),
            "setwebhook" => SetWebhook(sandbox, bot, parameters),
            "deletewebhook" => DeleteWebhook(bot, parameters),
            "getwebhookinfo" => BotAnswer.Ok(bot.Updates.DescribeWebhook()),
            "getupdates" => BotAnswer.Ok(await GetUpdatesAsync(bot, parameters, ct)),
            "sendmessage" => BotAnswer.Ok(SendMessage(bot, parameters)),
            "sendmediagroup" => BotAnswer.Ok(await BotMedia.SendAlbumAsync(bot, parameters, ct)),
            "sendchataction" => BotAnswer.Ok(SendChatAction(bot, parameters)),
            "editmessagetext" => BotAnswer.Ok(Chat(bot, parameters).EditAnswer(MessageId(parameters), TextOf(parameters), isText: true)),
            "editmessagecaption" => BotAnswer.Ok(Chat(bot, parameters).EditAnswer(MessageId(parameters), BotMedia.CaptionOf(parameters.Text("caption")), isText: false)),
            "deletemessage" => BotAnswer.Ok(DeleteMessage(bot, parameters)),
            "deletemessages" => BotAnswer.Ok(DeleteMessages(bot, parameters)),
            "setmessagereaction" => BotAnswer.Ok(BotReactions.Set(Chat(bot, parameters), MessageId(parameters), parameters)),
            "getfile" => BotAnswer.Ok(BotFiles.GetFile(bot, parameters)),
            "getchat" => BotAnswer.Ok(BotFiles.GetChat(bot, Chat(bot, parameters))),
            "getuserprofilephotos" => BotAnswer.Ok(BotFiles.GetPictures(bot, parameters)),
            _ when BotMedia.KindOf(method) is { } kind => BotAnswer.Ok(await BotMedia.SendAsync(bot, parameters, kind, ct)),
            _ => BotAnswer.Error(StatusCodes.Status404NotFound, "Not Found: method not found"),
        };

    private static JsonObject GetMe(SandboxBot bot)
    {
        var me = TelegramShapes.Bot(bot.Id);
        me["can_join_groups"] = true;
        me["can_read_all_group_messages"] = false;
        me["supports_inline_queries"] = false;
        return me;
    }

    private static BotAnswer SetWebhook(TelegramSandbox sandbox, SandboxBot bot, BotParameters parameters)
    {
        if (parameters.Text("url") is not { Length: > 0 } url)
        {
            return DeleteWebhook(bot, parameters);
        }

        // Telegram insists on https; a stand-in inside the server has to reach the server as it is.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw BotRefusal.BadRequest("bad webhook: an HTTPS URL must be provided for webhook");
        }

        var secret = parameters.Text("secret_token") is { Length: > 0 } given ? given : null;
        if (secret is { Length: > 256 })
        {
            throw BotRefusal.BadRequest("secret token is too long");
        }

        if (secret is not null && !SecretForm().IsMatch(secret))
        {
            throw BotRefusal.BadRequest("secret token contains unallowed characters");
        }

        var connections = (int)Math.Clamp(parameters.Number("max_connections", 40), 1, 100);
        var set = bot.Updates.SetWebhook(new(address, secret, connections), parameters.List("allowed_updates"), parameters.Flag("drop_pending_updates"));
        sandbox.NoteWebhook(bot);
        return BotAnswer.Ok(true, set ? "Webhook was set" : "Webhook is already set");
    }

    private static BotAnswer DeleteWebhook(SandboxBot bot, BotParameters parameters) =>
        BotAnswer.Ok(true, bot.Updates.SetWebhook(null, null, parameters.Flag("drop_pending_updates"))
            ? "Webhook was deleted"
            : "Webhook is already deleted");

    private static async Task<JsonArray> GetUpdatesAsync(SandboxBot bot, BotParameters parameters, CancellationToken ct)
    {
        var limit = (int)Math.Clamp(parameters.Number("limit", 100), 1, 100);
        var patience = TimeSpan.FromSeconds(Math.Clamp(parameters.Number("timeout"), 0, LongestPoll));
        var updates = await bot.Updates.TakeAsync(parameters.Number("offset"), limit, patience, parameters.List("allowed_updates"), ct);
        return [.. updates.Select(u => JsonNode.Parse(u.Body))];
    }

    private static JsonObject SendMessage(SandboxBot bot, BotParameters parameters) =>
        Chat(bot, parameters).Answer([SandboxContent.Of(TextOf(parameters))], ReplyWish.Of(parameters), parameters.Number("chat_id"))[0];

    private static bool SendChatAction(SandboxBot bot, BotParameters parameters)
    {
        var action = parameters.Text("action");
        if (!ActionForm().IsMatch(action ?? ""))
        {
            throw BotRefusal.BadRequest("wrong parameter action in request");
        }

        Chat(bot, parameters).ShowTyping();
        return true;
    }

    private static bool DeleteMessage(SandboxBot bot, BotParameters parameters) =>
        Chat(bot, parameters).Delete(MessageId(parameters)) ? true : throw BotRefusal.BadRequest("message to delete not found");

    // core.telegram.org/bots/api#deletemessages: those that are not there are passed over.
    private static bool DeleteMessages(SandboxBot bot, BotParameters parameters)
    {
        var chat = Chat(bot, parameters);
        foreach (var message in parameters.Array("message_ids") ?? throw BotRefusal.BadRequest("message identifiers are not specified"))
        {
            chat.Delete(int.TryParse(message?.ToString(), out var id) ? id : 0);
        }

        return true;
    }

    public static SandboxChat Chat(SandboxBot bot, BotParameters parameters) =>
        parameters.Text("chat_id") is { Length: > 0 }
            ? bot.Find(parameters.Number("chat_id")) ?? throw BotRefusal.BadRequest("chat not found")
            : throw BotRefusal.BadRequest("chat_id is empty");

    private static int MessageId(BotParameters parameters) => (int)parameters.Number("message_id");

    private static string TextOf(BotParameters parameters) => parameters.Text("text") switch
    {
        { Length: > SandboxContent.LongestText } => throw BotRefusal.BadRequest("message is too long"),
        { } text when !string.IsNullOrWhiteSpace(text) => text,
        _ => throw BotRefusal.BadRequest("message text is empty"),
    };

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex SecretForm();

    [GeneratedRegex("^(typing|choose_sticker|find_location|(record|upload)_(video|voice|video_note)|upload_(photo|document))$")]
    private static partial Regex ActionForm();
}
