using System.Globalization;
using Fiko.WebApi.Sandbox.Telegram.Media;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>What a customer does in their own chat with the bot.</summary>
internal static class CustomerEndpoints
{
    // Telegram promises that ids fit 52 bits.
    private const long LargestId = (1L << 52) - 1;

    private const long FirstMoved = 1_000_000_000_000;

    public static RouteGroupBuilder MapCustomers(this RouteGroupBuilder telegram)
    {
        telegram.MapGet("/bots", (TelegramSandbox sandbox) => Json(new
        {
            Items = sandbox.Bots().Select(b => new { b.Id, Username = TelegramShapes.BotName(b.Id), Webhook = b.Updates.HasWebhook }),
        }));
        telegram.MapPost("/updates", PostRawAsync);
        telegram.MapGet("/customers", (TelegramSandbox sandbox, string? bot) => Json(new { Items = sandbox.Choose(bot).Customers() }));

        var customer = telegram.MapGroup("/customers/{customer}");
        customer.MapGet("/messages", Look);
        customer.MapPost("/messages", WriteAsync);
        customer.MapPost("/messages/{id:int}/edit", EditAsync);
        customer.MapPost("/block", (TelegramSandbox sandbox, string customer, string? bot) => Block(sandbox, customer, bot, true));
        customer.MapPost("/unblock", (TelegramSandbox sandbox, string customer, string? bot) => Block(sandbox, customer, bot, false));
        customer.MapPost("/messages/{id:int}/reactions", ReactAsync);
        customer.MapPost("/messages/{id:int}/delete", Withdraw);
        customer.MapPost("/migrate", MoveAsync);
        customer.MapPut("/picture", ShowAsync);
        customer.MapDelete("/picture", (TelegramSandbox sandbox, string customer, string? bot) => Show(sandbox, customer, bot, null));
        customer.MapCustomerMedia();
        return telegram;
    }

    public static long IdOf(string customer) =>
        long.TryParse(customer, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and <= LargestId
            ? id
            : throw new SandboxRefusal(StatusCodes.Status400BadRequest, $"A customer is a number from 1 to {LargestId}.");

    public static string TextOf(string? text) => text switch
    {
        { Length: > SandboxContent.LongestText } => throw new SandboxRefusal(StatusCodes.Status400BadRequest, $"text is longer than {SandboxContent.LongestText} characters."),
        { } some when !string.IsNullOrWhiteSpace(some) => some,
        _ => throw new SandboxRefusal(StatusCodes.Status400BadRequest, "text is missing or empty."),
    };

    public static string? CaptionOf(string? caption) => caption is { Length: > SandboxContent.LongestCaption }
        ? throw new SandboxRefusal(StatusCodes.Status400BadRequest, $"caption is longer than {SandboxContent.LongestCaption} characters.")
        : string.IsNullOrEmpty(caption) ? null : caption;

    public static IResult Json(object value, int status = StatusCodes.Status200OK) => TypedResults.Json(value, SandboxJson.Options, statusCode: status);

    public static IResult Accepted(int update) => Json(new { UpdateId = update }, StatusCodes.Status202Accepted);

    public static IResult Accepted(Said said) => said.Album is { } album
        ? Json(new { said.UpdateId, MessageId = said.Messages[0], MessageIds = said.Messages, MediaGroupId = album }, StatusCodes.Status202Accepted)
        : Json(new { said.UpdateId, MessageId = said.Messages[0] }, StatusCodes.Status202Accepted);

    private static IResult Look(TelegramSandbox sandbox, string customer, string? bot) =>
        Json(ChatView.Of(sandbox.Choose(bot).Find(IdOf(customer))));

    private static async Task<IResult> WriteAsync(
        HttpRequest request, TelegramSandbox sandbox, TimeProvider time, string customer, string? bot, CancellationToken ct)
    {
        var id = IdOf(customer);
        var body = await SandboxJson.ReadAsync<TextBody>(request, ct);
        var (to, content) = (sandbox.Choose(bot), SandboxContent.Of(TextOf(body.Text)));
        return Accepted(to.Open(id).Say(to.Person(id).Named(body), body.Forward ? content.Forwarded(time.GetUtcNow()) : content, body.ReplyTo));
    }

    private static async Task<IResult> EditAsync(HttpRequest request, TelegramSandbox sandbox, string customer, int id, string? bot, CancellationToken ct)
    {
        var body = await SandboxJson.ReadAsync<EditBody>(request, ct);
        return Accepted(Known(sandbox, customer, bot).Edit(id, body));
    }

    private static async Task<IResult> ReactAsync(HttpRequest request, TelegramSandbox sandbox, string customer, int id, string? bot, CancellationToken ct)
    {
        var body = await SandboxJson.ReadAsync<ReactionBody>(request, ct);
        return Known(sandbox, customer, bot).React(id, BotReactions.OfCustomer(body.Emoji)) is { } said ? Accepted(said) : TypedResults.NoContent();
    }

    private static NoContent Withdraw(TelegramSandbox sandbox, string customer, int id, string? bot)
    {
        Known(sandbox, customer, bot).Withdraw(id);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> MoveAsync(HttpRequest request, TelegramSandbox sandbox, string customer, string? bot, CancellationToken ct)
    {
        var body = await SandboxJson.ReadAsync<MoveBody>(request, ct);
        var chat = Known(sandbox, customer, bot);
        var to = IdOf((body.To ?? FirstMoved + (chat.Id % FirstMoved)).ToString(CultureInfo.InvariantCulture));
        sandbox.Choose(bot).Move(chat, to);
        return Json(new { ChatId = to });
    }

    private static async Task<IResult> ShowAsync(HttpRequest request, TelegramSandbox sandbox, string customer, string? bot, CancellationToken ct)
    {
        var (posted, to) = (await MediaRequest.ReadAsync(request, ct), sandbox.Choose(bot));
        var bytes = posted.Files is [var file, ..] ? await MediaRequest.BytesAsync(file, ct) : SampleFiles.Jpeg;
        return Show(sandbox, customer, bot, to.Files.Keep(MediaKind.Photo, bytes));
    }

    private static NoContent Show(TelegramSandbox sandbox, string customer, string? bot, SandboxFile? picture)
    {
        Known(sandbox, customer, bot).Show(picture);
        return TypedResults.NoContent();
    }

    private static IResult Block(TelegramSandbox sandbox, string customer, string? bot, bool blocked) =>
        Known(sandbox, customer, bot).Block(blocked) is { } update ? Accepted(update) : TypedResults.NoContent();

    private static async Task<IResult> PostRawAsync(HttpRequest request, TelegramSandbox sandbox, string? bot, CancellationToken ct)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        return Accepted(sandbox.Choose(bot).Updates.AddRaw(body.ToArray()));
    }

    private static SandboxChat Known(TelegramSandbox sandbox, string customer, string? bot) =>
        sandbox.Choose(bot).Find(IdOf(customer)) ?? throw new SandboxRefusal(StatusCodes.Status404NotFound, "This customer never wrote to the bot.");
}
