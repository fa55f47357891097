using System.Globalization;

namespace Fiko.WebApi.Sandbox.Telegram;

/// <summary>What a customer does in their own chat with the bot.</summary>
internal static class CustomerEndpoints
{
    // Telegram promises that ids fit 52 bits.
    private const long LargestId = (1L << 52) - 1;

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
        foreach (var kind in PlaceholderContent.Kinds)
        {
            var send = (HttpRequest request, TelegramSandbox sandbox, string customer, string? bot, CancellationToken ct) =>
                SendAsync(request, sandbox, customer, bot, kind, ct);
            customer.MapPost($"/{kind}", send);
            customer.MapPost($"/messages/{kind}", send);
        }

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

    public static IResult Json(object value, int status = StatusCodes.Status200OK) => TypedResults.Json(value, SandboxJson.Options, statusCode: status);

    public static IResult Accepted(int update) => Json(new { UpdateId = update }, StatusCodes.Status202Accepted);

    private static IResult Look(TelegramSandbox sandbox, string customer, string? bot) =>
        Json(ChatView.Of(sandbox.Choose(bot).Find(IdOf(customer))));

    private static async Task<IResult> WriteAsync(HttpRequest request, TelegramSandbox sandbox, string customer, string? bot, CancellationToken ct)
    {
        var id = IdOf(customer);
        var body = await SandboxJson.ReadAsync<TextBody>(request, ct);
        var (to, content) = (sandbox.Choose(bot), SandboxContent.Of(TextOf(body.Text)));
        return Accepted(to.Open(id).Say(to.Person(id).Named(body), content, body.ReplyTo));
    }

    private static async Task<IResult> SendAsync(HttpRequest request, TelegramSandbox sandbox, string customer, string? bot, string kind, CancellationToken ct)
    {
        var id = IdOf(customer);
        var body = await SandboxJson.ReadAsync<PlaceholderBody>(request, ct);
        var caption = kind is "photo" or "voice" && !string.IsNullOrEmpty(body.Caption) ? body.Caption : null;
        var to = sandbox.Choose(bot);
        return Accepted(to.Open(id).Say(to.Person(id).Named(body), new(kind, caption)));
    }

    private static async Task<IResult> EditAsync(HttpRequest request, TelegramSandbox sandbox, string customer, int id, string? bot, CancellationToken ct)
    {
        var body = await SandboxJson.ReadAsync<TextBody>(request, ct);
        return Accepted(Known(sandbox, customer, bot).Edit(id, TextOf(body.Text)));
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
