using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Channels;

public abstract partial class ChannelContract
{
    [Fact]
    public async Task An_agent_edits_and_takes_back_where_the_platform_lets_them_and_is_refused_where_not()
    {
        var (platform, customer, conversation, chat) = await BeginAsync();
        await using var open = chat;
        await chat.SendAsync(new { type = "chat_message", content = "befor" });
        var message = (await chat.NextAsync("chat_message")).GetProperty("message").GetProperty("id").GetString();

        var edited = await AskAsync(chat, new { type = "edit_message", message_id = message, content = "before" }, "message_edited");
        var seenEdited = (await platform.LookAsync(customer)).Answers;
        var deleted = await AskAsync(chat, new { type = "delete_message", message_id = message }, "message_deleted");
        var seenDeleted = (await platform.LookAsync(customer)).Answers;

        var here = (await platform.ReadChatAsync(conversation))[^1];
        if (platform.Speaker is IChangesMessages)
        {
            Assert.Equal(("before", "message_deleted"), (Text(edited.GetProperty("message")), FikoSocket.TypeOf(deleted)));
            Assert.Equal("before", Assert.Single(seenEdited).Text);
            Assert.DoesNotContain(seenDeleted, m => !m.IsDeleted);
            Assert.True(IsDeleted(here));
        }
        else
        {
            Assert.All([edited, deleted], AssertRefused);
            Assert.Equal("befor", Assert.Single(seenDeleted).Text);
            Assert.Equal(("befor", false), (Text(here), IsDeleted(here)));
        }
    }

    [Fact]
    public async Task An_agents_reaction_is_on_the_customers_message_where_the_platform_has_reactions()
    {
        var (platform, customer, conversation, chat) = await BeginAsync();
        await using var open = chat;
        var message = Assert.Single(await platform.ReadChatAsync(conversation)).GetProperty("id").GetString();

        var put = await AskAsync(chat, new { type = "message_reaction", message_id = message, emoji = "❤️" }, "message_reaction");
        var seenPut = (await platform.LookAsync(customer)).Messages[0].Reaction;
        var taken = await AskAsync(chat, new { type = "message_reaction", message_id = message, emoji = (string?)null }, "message_reaction");
        var seenTaken = (await platform.LookAsync(customer)).Messages[0].Reaction;

        if (platform.Speaker is IReactsToMessages)
        {
            Assert.Equal(("❤️", "support"), (put.GetProperty("emoji").GetString(), put.GetProperty("by").GetString()));
            Assert.Equal(JsonValueKind.Null, taken.GetProperty("emoji").ValueKind);
            Assert.StartsWith("❤", seenPut, StringComparison.Ordinal);
        }
        else
        {
            Assert.All([put, taken], AssertRefused);
            Assert.Null(seenPut);
        }

        Assert.Null(seenTaken);
        Assert.Empty(Reactions((await platform.ReadChatAsync(conversation))[0]));
    }

    [Fact]
    public async Task The_customer_is_shown_that_somebody_types_and_has_read_where_the_platform_shows_it()
    {
        var (platform, customer, _, chat) = await BeginAsync();
        await using var open = chat;

        await chat.SendAsync(new { type = "typing", is_typing = true });
        await chat.SendAsync(new { type = "mark_read" });

        if (platform.Speaker is IShowsCourtesy)
        {
            await Eventually.SeesAsync(() => platform.LookAsync(customer), view => view.Typing, "typing");
            await Eventually.SeesAsync(() => platform.LookAsync(customer), view => view.Seen == platform.ShowsSeen, "the chat as read");
        }

        await chat.SendAsync(new { type = "chat_message", content = "Typed" });
        Assert.Equal(("Typed", "sent"), TextAndStatus(await chat.NextAsync("chat_message")));
    }

    // Refused or done: what comes first.
    private static async Task<JsonElement> AskAsync(FikoSocket chat, object frame, string done)
    {
        await chat.SendAsync(frame);
        return await chat.NextAsync(f => FikoSocket.TypeOf(f) is "error" || FikoSocket.TypeOf(f) == done, done);
    }

    private static void AssertRefused(JsonElement frame) =>
        Assert.Equal(("error", "change_refused"), (FikoSocket.TypeOf(frame), frame.TryGetProperty("code", out var code) ? code.GetString() : null));
}
