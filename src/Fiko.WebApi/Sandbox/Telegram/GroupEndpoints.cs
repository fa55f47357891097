using System.Globalization;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>A group that the bot is a member of, with customers in it.</summary>
internal static class GroupEndpoints
{
    public static RouteGroupBuilder MapGroups(this RouteGroupBuilder telegram)
    {
        telegram.MapGet("/groups/{group}/messages", (TelegramSandbox sandbox, string group, string? bot) =>
            CustomerEndpoints.Json(ChatView.Of(sandbox.Choose(bot).Find(IdOf(group)))));
        telegram.MapPost("/groups/{group}/messages", WriteAsync);
        telegram.MapPost("/groups/{group}/migrate", MigrateAsync);
        return telegram;
    }

    private static async Task<IResult> WriteAsync(HttpRequest request, TelegramSandbox sandbox, string group, string? bot, CancellationToken ct)
    {
        var id = IdOf(group);
        var body = await SandboxJson.ReadAsync<TextBody>(request, ct);
        var from = CustomerEndpoints.IdOf(body.From?.ToString(CultureInfo.InvariantCulture) ?? "");
        var (to, content) = (sandbox.Choose(bot), SandboxContent.Of(CustomerEndpoints.TextOf(body.Text)));
        return CustomerEndpoints.Accepted(to.Open(id).Say(to.Person(from).Named(body), content, body.ReplyTo));
    }

    private static async Task<IResult> MigrateAsync(HttpRequest request, TelegramSandbox sandbox, string group, string? bot, CancellationToken ct)
    {
        var body = await SandboxJson.ReadAsync<TextBody>(request, ct);
        var (id, to) = (IdOf(group), sandbox.Choose(bot));
        if (id <= SandboxChat.FirstSupergroup || to.Find(id) is not { } old)
        {
            throw new SandboxRefusal(StatusCodes.Status404NotFound, "There is no such group that could become a supergroup.");
        }

        var by = to.Person(body.From is { } from ? CustomerEndpoints.IdOf(from.ToString(CultureInfo.InvariantCulture)) : 1).Named(body);
        var moved = SandboxChat.FirstSupergroup + id;
        old.Close(by, moved);
        var said = to.Open(moved).Say(by, SandboxContent.Service("migrate_from_chat_id", id));
        return CustomerEndpoints.Json(new { said.UpdateId, ChatId = moved }, StatusCodes.Status202Accepted);
    }

    // Groups have negative ids at Telegram; the sign may be left out here.
    private static long IdOf(string group) => -CustomerEndpoints.IdOf(group.TrimStart('-'));
}
