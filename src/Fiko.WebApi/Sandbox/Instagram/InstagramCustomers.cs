using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>What a customer does in their own thread with an account.</summary>
internal static class InstagramCustomers
{
    // Instagram's own numbers of people are longer than 2^53, but fit 64 bits.
    private const int LongestNumber = 18;

    public static RouteGroupBuilder MapInstagramCustomers(this RouteGroupBuilder instagram)
    {
        instagram.MapGet("/accounts", (InstagramSandbox sandbox) => Json(new
        {
            Items = sandbox.Accounts().Select(a => new { a.Id, a.Username, SubscribedFields = a.Subscribed }),
        }));
        instagram.MapGet("/customers", (InstagramSandbox sandbox, string? account) => Json(new { Items = sandbox.Choose(account).Customers() }));
        instagram.MapGet("/cdn/{key}", MediaDownloads.ServeAsync);

        var customer = instagram.MapGroup("/customers/{customer}");
        customer.MapGet("/messages", (InstagramSandbox sandbox, string customer, string? account) =>
            Json(sandbox.Choose(account).Find(IdOf(customer))?.Look() ?? ThreadView.Empty));
        customer.MapPost("/messages", Deed(t => t.Thread.Say(t.Sender, new(InstagramContent.TextKind, t.Text) { ReplyTo = t.Body.ReplyTo })));
        customer.MapPost("/postback", Deed(t => t.Thread.Press(t.Sender, t.Body.Title ?? "Opening hours", t.Body.Payload ?? "HOURS")));
        foreach (var kind in CustomerContent.Kinds)
        {
            customer.MapPost($"/{kind}", Deed(t => t.Thread.Say(t.Sender, t.Content.Of(kind, t.Body, t.Files)))).DisableAntiforgery();
        }

        var message = customer.MapGroup("/messages/{mid}");
        message.MapPost("/edit", Deed(t => t.Thread.Edit(t.Mid, t.Text)));
        message.MapPost("/delete", Deed(t => t.Thread.Delete(t.Mid)));
        message.MapPost("/reactions", Deed(t => t.Thread.React(t.Mid, string.IsNullOrEmpty(t.Body.Emoji) ? null : t.Body.Emoji)));

        customer.MapPost("/app_messages", Deed(t => t.Thread.WriteInApp(new(InstagramContent.TextKind, t.Text))));
        customer.MapPost("/read", (InstagramSandbox sandbox, string customer, string? account) =>
            Known(sandbox, customer, account).Read() is { } read ? Accepted(read) : TypedResults.NoContent());
        customer.MapPost("/block", (InstagramSandbox sandbox, string customer, string? account) => Block(sandbox, customer, account, true));
        customer.MapPost("/unblock", (InstagramSandbox sandbox, string customer, string? account) => Block(sandbox, customer, account, false));
        return instagram;
    }

    public static IResult Json(object value, int status = StatusCodes.Status200OK) => TypedResults.Json(value, SandboxJson.Options, statusCode: status);

    private static Func<HttpRequest, InstagramSandbox, CustomerContent, string, string?, string?, CancellationToken, Task<IResult>> Deed(Func<ToldDeed, ThreadMessage> deed) =>
        async (request, sandbox, content, customer, account, mid, ct) =>
        {
            var (id, to) = (IdOf(customer), Subscribed(sandbox.Choose(account)));
            var (body, files) = await CustomerUpload.ReadAsync(request, ct);
            var thread = mid is null ? to.Open(id) : Known(sandbox, customer, account);
            return Accepted(deed(new(thread, thread.Customer.Named(body), body, files, content, mid ?? "")));
        };

    private static IResult Accepted(ThreadMessage message) => Json(new { message.Mid }, StatusCodes.Status202Accepted);

    private static NoContent Block(InstagramSandbox sandbox, string customer, string? account, bool blocked)
    {
        Known(sandbox, customer, account).Block(blocked);
        return TypedResults.NoContent();
    }

    private static string IdOf(string customer) =>
        customer.Length is > 0 and <= LongestNumber && customer[0] != '0' && long.TryParse(customer, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? customer
            : throw new SandboxRefusal(StatusCodes.Status400BadRequest, $"A customer is a number of up to {LongestNumber} digits.");

    private static SandboxThread Known(InstagramSandbox sandbox, string customer, string? account) =>
        sandbox.Choose(account).Find(IdOf(customer)) ?? throw new SandboxRefusal(StatusCodes.Status404NotFound, "This customer never wrote to the account.");

    // Without a subscription nothing would come of it, and nobody would know why.
    private static SandboxAccount Subscribed(SandboxAccount account) => account.Subscribed is not [] ? account : throw new SandboxRefusal(
        StatusCodes.Status409Conflict, "No app has subscribed to this account's webhooks: connect it as a channel first.");

    private sealed record ToldDeed(
        SandboxThread Thread, InstagramPerson Sender, CustomerBody Body, IReadOnlyList<MediaFile> Files, CustomerContent Content, string Mid)
    {
        public string Text => CustomerContent.TextOf(Body.Text);
    }
}
