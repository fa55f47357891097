using System.Net;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Application.Shared;
using Fiko.FunctionalTests.Hosting;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Storm;

/// <summary>All that can happen between a shop and its customers, so that each place is passed where a secret could get lost.</summary>
internal sealed class BusyDay(WatchedServer server, Shop shop)
{
    private static readonly string[] Faults = ["rate_limit", "server_error", "timeout", "blocked", "cut_before", "cut_after", "bad_gateway", "invalid_token"];

    private readonly List<FikoSocket> _sockets = [];
    private readonly List<string> _signatures = [];

    /// <summary>All that agents heard.</summary>
    public IEnumerable<string> Frames => _sockets.SelectMany(s => s.Heard).Select(f => f.GetRawText());

    /// <summary>What signed the links to files.</summary>
    public IReadOnlyList<string> Signatures => _signatures;

    public async Task MistypeAsync()
    {
        var (owner, secret) = (shop.Workspace.Owner.Token, shop.WebhookSecret);
        foreach (object channel in (object[])
            [
                new { source = "telegram", bot_token = shop.BotToken + "!" },
                new { source = "telegram", bot_token = shop.BotToken },
                new { source = "instagram", access_token = shop.AccessToken + "!" },
                new { source = "instagram", access_token = shop.AccessToken, instagram_user_id = "1" },
                new { source = "instagram", access_token = shop.AccessToken },
            ])
        {
            await server.Http.CallAsync(HttpMethod.Post, "/api/v1/channels", channel, owner);
        }

        await server.Http.CallAsync(HttpMethod.Get, $"/bot{shop.BotToken}!/getMe");
        foreach (var token in (string[])[WatchedServer.VerifyToken, WatchedServer.VerifyToken + "!"])
        {
            await server.Http.CallAsync(HttpMethod.Get, $"/webhooks/instagram?hub.mode=subscribe&hub.challenge=7&hub.verify_token={Uri.EscapeDataString(token)}");
        }

        foreach (var (path, header, proof) in ((string, string, string)[])
            [
                ($"/webhooks/telegram/{shop.TelegramChannel}", "X-Telegram-Bot-Api-Secret-Token", secret + "!"),
                ($"/webhooks/telegram/{shop.TelegramChannel}", "X-Telegram-Bot-Api-Secret-Token", secret),
                ("/webhooks/instagram", "X-Hub-Signature-256", $"sha256={WatchedServer.AppSecret}"),
            ])
        {
            using var broken = new StringContent("{\"update_id\": 1, \"message\": {", System.Text.Encoding.UTF8, "application/json");
            await server.Http.CallAsync(HttpMethod.Post, path, broken, header: (header, proof));
        }
    }

    public async Task TalkAsync(ShopCustomer customer, string conversation)
    {
        var platform = customer.OnInstagram ? "instagram" : "telegram";
        var chat = await shop.OpenChatAsync(shop.Workspace.Owner, conversation);
        _sockets.Add(chat);
        await ReceiveFilesAsync(customer, chat);
        var sent = await SendAsync(chat, new { type = "chat_message", content = "First", client_id = "first" }, "first");
        await SendFileAsync(chat);
        foreach (var fault in Faults)
        {
            await shop.SwitchAsync($"{platform}/faults", new { kind = fault, count = fault == "server_error" ? 2 : 1, retry_after = 1 });
            var met = await SendAsync(chat, new { type = "chat_message", content = fault, client_id = fault }, fault);
            await chat.SendAsync(new { type = "retry_message", message_id = met.Text("message.id") });
        }

        var channel = customer.OnInstagram ? shop.InstagramChannel : shop.TelegramChannel;
        Assert.Equal(HttpStatusCode.OK, (await server.Http.CallAsync(HttpMethod.Post, $"/api/v1/channels/{channel}/check", token: shop.Workspace.Owner.Token)).Status);
        await chat.SendAsync(new { type = "typing", is_typing = true });
        await chat.SendAsync(new { type = "mark_read" });
        foreach (object change in (object[])
            [
                new { type = "message_reaction", message_id = sent.Text("message.id"), emoji = "👍" },
                new { type = "edit_message", message_id = sent.Text("message.id"), content = "Second" },
                new { type = "delete_message", message_id = sent.Text("message.id") },
            ])
        {
            await chat.SendAsync(change);
            await chat.NextAsync(f => FikoSocket.TypeOf(f) is "error" or "message_reaction" or "message_edited" or "message_deleted", "what became of a change");
        }

        await chat.SendAsync(new { type = "get_messages" });
        await chat.NextAsync("message_history");
    }

    /// <returns>The new token.</returns>
    public async Task<string> RenewTokenAsync()
    {
        var old = TimeProvider.System.GetUtcNow().AddDays(-2);
        await shop.AskAsync(async (db, services) => await services.GetRequiredService<IUnitOfWork>().CommitAsync(
            async () =>
            {
                var channel = await db.Channels.SingleAsync(c => c.Id == shop.InstagramChannel);
                channel.Renew(channel.SealedToken!, old, old.AddDays(7));
                return await db.SaveChangesAsync(CancellationToken.None);
            },
            CancellationToken.None));
        await shop.AskAsync((_, services) => services.GetRequiredService<IMediator>().Send(new RenewTokens()));
        return await shop.TokenAsync(shop.InstagramChannel);
    }

    private async Task ReceiveFilesAsync(ShopCustomer customer, FikoSocket chat)
    {
        if (!customer.OnInstagram)
        {
            using var picture = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            await server.Http.CallAsync(HttpMethod.Put, $"/sandbox/telegram/customers/{customer.Id}/picture?bot={shop.Bot}", picture);
            await shop.SwitchAsync("telegram/faults", new { kind = "server_error", methods = (string[])["getFile", "download"], count = 2 });
        }

        foreach (var kind in (string[])["photo", "audio"])
        {
            await shop.DoAsync(customer, kind, new { first_name = "Negar" });
            var ready = await chat.NextAsync(
                f => f.IsA("message_attachments") && f.Text("message.attachments.0.status") is "ready" or "unavailable", $"the bytes of a {kind}");
            await DownloadAsync(ready.Text("message.attachments.0.url"));
        }
    }

    private async Task SendFileAsync(FikoSocket chat)
    {
        var upload = await server.UploadedAsync(shop.Workspace.Owner, SomeFile.Png());
        var shown = await SendAsync(chat, new { type = "chat_message", content = "A picture", client_id = "picture", attachments = (string[])[upload.Text("id")!] }, "picture");
        await DownloadAsync(shown.Text("message.attachments.0.url"));
    }

    private async Task DownloadAsync(string? url)
    {
        Assert.NotNull(url);
        _signatures.Add(url[(url.IndexOf("signature=", StringComparison.Ordinal) + "signature=".Length)..]);
        Assert.Equal(HttpStatusCode.OK, (await server.Http.CallAsync(HttpMethod.Get, url)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await server.Http.CallAsync(HttpMethod.Get, url + "x")).Status);
    }

    private static async Task<JsonElement> SendAsync(FikoSocket chat, object message, string clientId)
    {
        await chat.SendAsync(message);
        var shown = await chat.NextAsync(f => f.IsA("chat_message") && f.Text("message.client_id") == clientId, clientId);
        if (shown.Text("message.status") is "pending")
        {
            await chat.NextAsync(f => f.IsA("message_status") && f.Text("message_id") == shown.Text("message.id"), $"the end of {clientId}");
        }

        return shown;
    }
}
