using System.Text;
using Fiko.Application.Channels;
using Fiko.Domain.Conversations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Channels.Instagram;

public sealed class SendingToInstagram : IAsyncLifetime
{
    private static readonly ChannelConnection Account = new(7, GraphFake.Token, GraphFake.Account);
    private static readonly OutgoingPart Hello = new(Item.Customer, "سلام، سفارش شما ارسال شد.");

    private GraphFake _graph = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    private IChannel Channel => _services.GetRequiredService<IChannel>();

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphFake.StartAsync();
        _services = _graph.Build(new FakeTimeProvider());
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _graph.DisposeAsync();
    }

    [Fact]
    public async Task A_text_goes_out_as_it_was_typed_with_the_token_in_a_header()
    {
        var outcome = await Channel.SendAsync(Account, Hello with { Text = "a < b & c سلام" }, Test);

        Assert.Equal(new SendOutcome.Sent("aWdfZXhhbXBsZTo2"), outcome);
        var request = Assert.Single(_graph.Requests);
        Assert.Equal(("POST", $"/v25.0/{GraphFake.Account}/messages", $"Bearer {GraphFake.Token}"), (request.Method, request.Target, request.Authorization));
        Assert.Equal("""{"recipient":{"id":"990000000000001"},"message":{"text":"a < b & c سلام"}}""", Plain(request));
    }

    [Fact]
    public async Task After_a_day_a_persons_answer_says_that_it_is_one()
    {
        await Channel.SendAsync(Account, Hello with { Text = "hi", Late = true }, Test);

        Assert.Equal(
            """{"recipient":{"id":"990000000000001"},"message":{"text":"hi"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT"}""",
            Plain(Assert.Single(_graph.Requests)));
    }

    [Fact]
    public async Task A_file_goes_out_as_a_link()
    {
        var file = new OutgoingFile(new FileFacts(FileKind.Image, "a.png", "image/png", 10), new Uri("https://inbox.example/a?signature=x&b=%20"), _ => throw new InvalidOperationException());

        await Channel.SendAsync(Account, new OutgoingPart(Item.Customer, "", File: file), Test);

        Assert.Equal(
            """{"recipient":{"id":"990000000000001"},"message":{"attachment":{"type":"image","payload":{"url":"https://inbox.example/a?signature=x&b=%20"}}}}""",
            Plain(Assert.Single(_graph.Requests)));
    }

    [Fact]
    public async Task Without_a_known_account_it_is_the_tokens_own()
    {
        await Channel.SendAsync(new ChannelConnection(7, GraphFake.Token), Hello, Test);

        Assert.Equal("/v25.0/me/messages", Assert.Single(_graph.Requests).Target);
    }

    [Fact]
    public async Task A_pages_token_speaks_for_its_own_account()
    {
        await using var services = _graph.Build(new FakeTimeProvider(), settings: new() { ["Instagram:Login"] = "Facebook", ["Instagram:ApiVersion"] = "v24.0" });

        await services.GetRequiredService<IChannel>().SendAsync(Account, Hello, Test);

        Assert.Equal("/v24.0/me/messages", Assert.Single(_graph.Requests).Target);
    }

    [Fact]
    public async Task A_reaction_is_named_as_meta_names_it()
    {
        var reacts = Assert.IsType<IReactsToMessages>(Channel, exactMatch: false);
        _graph.AnswerWith(200, """{"recipient_id":"990000000000001"}""");

        Assert.IsType<SendOutcome.Sent>(await reacts.ReactAsync(Account, new SentPart(Item.Customer, "m1"), "❤️", Test));
        Assert.IsType<SendOutcome.Sent>(await reacts.ReactAsync(Account, new SentPart(Item.Customer, "m1"), null, Test));

        Assert.Equal(
            [
                """{"recipient":{"id":"990000000000001"},"sender_action":"react","payload":{"message_id":"m1","reaction":"love"}}""",
                """{"recipient":{"id":"990000000000001"},"sender_action":"unreact","payload":{"message_id":"m1"}}""",
            ],
            _graph.Requests.Select(Plain));
    }

    [Fact]
    public async Task Courtesies_are_shown_and_their_failure_is_nobodys_concern()
    {
        var shows = Assert.IsType<IShowsCourtesy>(Channel, exactMatch: false);
        _graph.AnswerWith(500, "<html>", "text/html");

        await shows.ShowTypingAsync(Account, Item.Customer, typing: true, Test);
        await shows.ShowTypingAsync(Account, Item.Customer, typing: false, Test);
        await shows.ShowSeenAsync(Account, Item.Customer, Test);
        await shows.GreetGroupAsync(Account, Item.Customer, Test);

        Assert.Equal(["typing_on", "typing_off", "mark_seen"], _graph.Requests.Select(r => r.Json.GetProperty("sender_action").GetString()));
    }

    [Fact]
    public void A_text_is_cut_by_its_bytes_and_files_go_by_themselves()
    {
        var text = string.Join(' ', Enumerable.Repeat("سلام😀", 200));

        var parts = Channel.Plan(text, [new FileFacts(FileKind.Image, "a.png", "image/png", 10), new FileFacts(FileKind.File, "b.pdf", "application/pdf", 10)]);

        Assert.All(parts, p => Assert.InRange(Encoding.UTF8.GetByteCount(p.Text), 0, 1000));
        Assert.Equal(text, string.Join(' ', parts.Where(p => p.File is null).Select(p => p.Text)));
        Assert.Equal([new PlannedPart("", 0), new PlannedPart("", 1)], parts.TakeLast(2));
    }

    [Theory]
    [InlineData("image/png", 8L << 20, null)]
    [InlineData("image/jpeg", (8L << 20) + 1, "Instagram takes pictures of 8 MB at most")]
    [InlineData("video/mp4", 25L << 20, null)]
    [InlineData("application/pdf", (25L << 20) + 1, "Instagram takes files of 25 MB at most")]
    public void What_is_too_large_is_known_before(string type, long size, string? objection) =>
        Assert.Equal(objection, ((ICarriesFiles)Channel).Objection(new FileFacts(FileKind.File, "x", type, size)));

    [Theory]
    [InlineData("image/webp")]
    [InlineData("application/zip")]
    [InlineData("text/html")]
    [InlineData("")]
    public void So_is_what_is_not_taken_at_all(string type) =>
        Assert.StartsWith("Instagram takes PNG", ((ICarriesFiles)Channel).Objection(new FileFacts(FileKind.File, "x", type, 1)), StringComparison.Ordinal);

    [Fact]
    public async Task The_window_is_a_day_and_for_a_person_a_week_where_meta_allows_it()
    {
        await using var services = _graph.Build(new FakeTimeProvider(), settings: new() { ["Instagram:HumanAgent"] = "false" });

        Assert.Equal((TimeSpan.FromDays(1), TimeSpan.FromDays(7)), (Channel.Window!.Free, Channel.Window.ByAPerson));
        Assert.Equal((TimeSpan.FromDays(1), TimeSpan.FromDays(1)), services.GetRequiredService<IChannel>().Window is { } w ? (w.Free, w.ByAPerson) : default);
        Assert.Equal("", Channel.ScopeOf(Item.Customer));
    }

    private static string Plain(GraphRequest request) =>
        System.Text.RegularExpressions.Regex.Unescape(request.Body.Replace("\\u0022", "\\\\\"", StringComparison.Ordinal));
}
