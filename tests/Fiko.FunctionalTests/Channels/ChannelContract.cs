using System.Net;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Channels;

/// <summary>
/// What agents and customers may rely on, whatever the platform is. Each channel inherits all of it. Where a platform can't do
/// something, the tests ask for the clear refusal instead.
/// </summary>
public abstract partial class ChannelContract
{
    /// <summary>An account of a workspace of its own; the platform is well.</summary>
    protected abstract Task<PlatformUnderTest> ConnectAsync();

    [Fact]
    public async Task What_a_customer_writes_is_in_the_chat()
    {
        var platform = await ConnectAsync();
        var customer = PlatformUnderTest.NewCustomer();

        await platform.WriteAsync(customer, "سلام، سفارش من <کجاست> & چرا؟");

        var message = Assert.Single(await platform.ReadChatAsync(await platform.ConversationAsync(customer)));
        Assert.Equal(("سلام، سفارش من <کجاست> & چرا؟", "customer", "text"), (Text(message), message.GetProperty("type").GetString(), message.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task A_reply_names_the_message_that_it_answers()
    {
        var platform = await ConnectAsync();
        var (customer, first, second) = (PlatformUnderTest.NewCustomer(), platform.NewMessage(), platform.NewMessage());
        await platform.TakeAsync(platform.Text(customer, first, "The blue one?"));

        await platform.TakeAsync(platform.Text(customer, second, "Or the red one?", replyTo: first));

        var chat = await platform.SeesAsync(await platform.ConversationAsync(customer), all => all.Length == 2, "two messages");
        Assert.Equal(chat[0].GetProperty("id").GetString(), chat[1].GetProperty("reply_to").GetString());
    }

    [Fact]
    public async Task A_file_is_there_with_its_message_and_its_bytes_follow()
    {
        var platform = await ConnectAsync();
        var customer = PlatformUnderTest.NewCustomer();
        var conversation = await platform.BeginAsync(customer);
        await using var chat = await platform.OpenChatAsync(conversation);
        var bytes = SomeFile.Png();
        if (platform.Speaker is not ICarriesFiles)
        {
            var upload = await platform.Server.UploadedAsync(platform.Workspace.Owner, bytes);
            await chat.SendAsync(new { type = "chat_message", content = "", attachments = new[] { upload.GetProperty("id").GetString() } });
            Assert.Equal("attachment_refused", (await chat.NextAsync("error")).GetProperty("code").GetString());
            return;
        }

        await platform.SendPictureAsync(customer, bytes);

        var shown = (await chat.NextAsync("chat_message")).GetProperty("message");
        Assert.Equal("image", Assert.Single(shown.GetProperty("attachments").EnumerateArray()).GetProperty("kind").GetString());
        var there = await platform.SeesAsync(conversation, all => FileOf(all[^1]).GetProperty("status").GetString() == "ready", "the bytes");
        using var download = await platform.Server.GetFileAsync(FileOf(there[^1]).GetProperty("url").GetString()!);
        Assert.Equal(bytes, await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_same_call_three_times_at_once_is_one_message()
    {
        var platform = await ConnectAsync();
        var customer = PlatformUnderTest.NewCustomer();
        var body = platform.Text(customer, platform.NewMessage(), "only once");

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => platform.TakeAsync(body)));
        await platform.TakeAsync(body);

        await platform.SettledUpdatesAsync();
        var message = Assert.Single(await platform.ReadChatAsync(await platform.ConversationAsync(customer)));
        Assert.Equal("only once", Text(message));
        Assert.Single(await platform.UpdatesAsync());
    }

    [Theory]
    [InlineData(Proof.Missing)]
    [InlineData(Proof.Empty)]
    [InlineData(Proof.OneByteOff)]
    [InlineData(Proof.Longer)]
    public async Task What_does_not_prove_itself_is_refused_and_not_stored(Proof proof)
    {
        var platform = await ConnectAsync();
        var (forged, honest) = (platform.Text(PlatformUnderTest.NewCustomer(), platform.NewMessage(), "forged"), PlatformUnderTest.NewCustomer());

        var status = await platform.PostAsync(forged, proof);
        await platform.TakeAsync(platform.Text(honest, platform.NewMessage(), "honest"));

        Assert.True(status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{status}");
        await platform.ConversationAsync(honest);
        Assert.DoesNotContain("forged", Assert.Single(await platform.UpdatesAsync()).Body, StringComparison.Ordinal);
        Assert.False(await platform.AskAsync(db => Task.FromResult(db.StrayUpdates.Any(s => s.Body == forged))));
    }

    [Fact]
    public async Task A_kind_that_nobody_knows_is_kept_with_a_reason_and_shown_to_nobody()
    {
        var platform = await ConnectAsync();

        await platform.TakeAsync(platform.UnknownKind());

        var kept = Assert.Single(await platform.SettledUpdatesAsync());
        Assert.False(string.IsNullOrWhiteSpace(kept.Reason));
        Assert.Contains("hologram", kept.Body, StringComparison.Ordinal);
        Assert.Equal(0, await platform.AskAsync(db => Task.FromResult(db.Conversations.Count(c => c.ChannelId == platform.Channel))));
    }

    private static string Text(JsonElement message) => message.GetProperty("content").GetString()!;

    private static string Status(JsonElement message) => message.GetProperty("status").GetString()!;

    private static JsonElement FileOf(JsonElement message) => message.GetProperty("attachments").EnumerateArray().FirstOrDefault();

    private static bool IsDeleted(JsonElement message) => message.GetProperty("deleted_at").ValueKind is not JsonValueKind.Null;

    private static string[] Reactions(JsonElement message) =>
        [.. message.GetProperty("reactions").EnumerateArray().Select(r => $"{r.GetProperty("by").GetString()} {r.GetProperty("emoji").GetString()}")];

    /// <summary>A chat whose customer has written.</summary>
    private async Task<(PlatformUnderTest Platform, string Customer, string Conversation, FikoSocket Chat)> BeginAsync()
    {
        var platform = await ConnectAsync();
        var customer = PlatformUnderTest.NewCustomer();
        var conversation = await platform.BeginAsync(customer);
        return (platform, customer, conversation, await platform.OpenChatAsync(conversation));
    }
}
