namespace Fiko.FunctionalTests.Channels;

public abstract partial class ChannelContract
{
    [Fact]
    public async Task An_edit_changes_its_message_whichever_comes_first()
    {
        var platform = await ConnectAsync();
        var (customer, early, late) = (PlatformUnderTest.NewCustomer(), platform.NewMessage(), platform.NewMessage());
        var (first, second) = (platform.Text(customer, early, "one"), platform.Text(customer, late, "two"));
        if ((platform.Edit(customer, early, "one, corrected"), platform.Edit(customer, late, "two, corrected")) is not ({ } after, { } before))
        {
            // The platform never tells of one.
            return;
        }

        await platform.TakeAsync(first);
        await platform.TakeAsync(after);
        await platform.TakeAsync(before);
        await platform.TakeAsync(second);

        var chat = await platform.SeesAsync(
            await platform.ConversationAsync(customer), all => all.Length == 2 && Array.TrueForAll(all, m => Text(m).EndsWith("corrected", StringComparison.Ordinal)), "both edits");
        Assert.Equal(["one, corrected", "two, corrected"], chat.Select(Text));
    }

    [Fact]
    public async Task A_message_taken_back_is_gone_whichever_comes_first()
    {
        var platform = await ConnectAsync();
        var (customer, early, late) = (PlatformUnderTest.NewCustomer(), platform.NewMessage(), platform.NewMessage());
        if ((platform.Withdrawal(customer, early), platform.Withdrawal(customer, late)) is not ({ } after, { } before))
        {
            return;
        }

        await platform.TakeAsync(platform.Text(customer, early, "regretted"));
        await platform.TakeAsync(after);
        await platform.TakeAsync(before);
        await platform.TakeAsync(platform.Text(customer, late, "regretted at once"));

        var chat = await platform.SeesAsync(
            await platform.ConversationAsync(customer), all => all.Length == 2 && Array.TrueForAll(all, IsDeleted), "two empty places");
        Assert.All(chat, m => Assert.DoesNotContain("regretted", m.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reaction_is_on_its_message_whichever_comes_first_until_it_is_taken_back()
    {
        var platform = await ConnectAsync();
        var (customer, early, late) = (PlatformUnderTest.NewCustomer(), platform.NewMessage(), platform.NewMessage());
        if ((platform.Reaction(customer, early, "👍"), platform.Reaction(customer, late, "❤️")) is not ({ } after, { } before))
        {
            return;
        }

        await platform.TakeAsync(platform.Text(customer, early, "one"));
        await platform.TakeAsync(after);
        await platform.TakeAsync(before);
        await platform.TakeAsync(platform.Text(customer, late, "two"));
        var conversation = await platform.ConversationAsync(customer);
        var liked = await platform.SeesAsync(conversation, all => all.Length == 2 && Array.TrueForAll(all, m => Reactions(m).Length == 1), "both reactions");
        await platform.TakeAsync(platform.Reaction(customer, late, null));

        var taken = await platform.SeesAsync(conversation, all => Reactions(all[1]).Length == 0, "one reaction fewer");
        Assert.Equal(["customer 👍", "customer ❤️"], liked.SelectMany(Reactions));
        Assert.Equal(["customer 👍"], taken.SelectMany(Reactions));
    }

    [Fact]
    public async Task A_receipt_marks_what_was_read()
    {
        var (platform, customer, conversation, chat) = await BeginAsync();
        await using var open = chat;
        await chat.SendAsync(new { type = "chat_message", content = "one" });
        await chat.SendAsync(new { type = "chat_message", content = "two" });
        await chat.NextAsync("chat_message");
        await chat.NextAsync("chat_message");
        var sent = (await platform.LookAsync(customer)).Answers;
        if (platform.Receipt(customer, sent[0].Id) is not { } first || platform.Receipt(customer, sent[1].Id) is not { } second)
        {
            return;
        }

        await platform.TakeAsync(first);
        var once = await platform.SeesAsync(conversation, all => Status(all[1]) == "read", "the first one read");
        await platform.TakeAsync(second);
        await platform.TakeAsync(first);

        await platform.SeesAsync(conversation, all => Status(all[2]) == "read", "both read");
        Assert.Equal("sent", Status(once[2]));
    }

    [Fact]
    public async Task A_receipt_that_comes_before_its_message_waits_for_it()
    {
        var (platform, customer, conversation, chat) = await BeginAsync();
        await using var open = chat;
        var message = platform.NewMessage();
        if ((platform.Receipt(customer, message), platform.Echo(customer, message, "from the app")) is not ({ } receipt, { } echo))
        {
            return;
        }

        await platform.TakeAsync(receipt);
        await platform.TakeAsync(echo);

        var read = await platform.SeesAsync(conversation, all => all.Length == 2 && Status(all[1]) == "read", "the message read");
        Assert.Equal("from the app", Text(read[1]));
    }
}
