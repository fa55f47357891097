using Fiko.Application.Channels;
using Fiko.Domain.Customers;
using Fiko.Infrastructure.Channels.Telegram;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class ReadingAnUpdate
{
    private const string FromNegar = """
        "from": { "id": 6600112233, "is_bot": false, "first_name": "نگار", "last_name": "ایزدی", "username": "negar_i", "language_code": "fa" },
        "chat": { "id": 6600112233, "first_name": "نگار", "type": "private" }
        """;

    private static readonly CustomerProfile Negar = new("نگار", "ایزدی", "negar_i");

    [Fact]
    public void A_text_is_what_the_customer_wrote() => Assert.Equal(
        new CustomerWrote("6600112233", new CustomerProfile("نگار"), "512", "text", "سلام، سفارش من کجاست؟") { At = DateTimeOffset.FromUnixTimeSeconds(1760000100) },
        TelegramReader.Read("""
            { "update_id": 815000302,
              "message": {
                "message_id": 512,
                "from": { "id": 6600112233, "is_bot": false, "first_name": "نگار", "language_code": "fa" },
                "chat": { "id": 6600112233, "first_name": "نگار", "type": "private" },
                "date": 1760000100,
                "text": "سلام، سفارش من کجاست؟" } }
            """));

    [Theory]
    [InlineData("/start", "start")]
    [InlineData("/start shop", "start")]
    [InlineData("/starting", "text")]
    [InlineData("I /start", "text")]
    public void The_command_that_opens_a_bot_is_known_and_shown_as_typed(string text, string kind) => Assert.Equal(
        new CustomerWrote("6600112233", Negar, "5", kind, text), Private($$"""
            "text": "{{text}}", "entities": [{ "type": "bot_command", "offset": 0, "length": 6 }]
            """));

    [Fact]
    public void An_edit_is_the_whole_message_again() => Assert.Equal(
        new CustomerEdited("6600112233", "512", "سلام، سفارش ۱۲۳۴ من کجاست؟", (1760000160L << 31) + 815000303),
        TelegramReader.Read("""
            { "update_id": 815000303, "edited_message": { "message_id": 512,
                "from": { "id": 6600112233, "is_bot": false, "first_name": "نگار" },
                "chat": { "id": 6600112233, "first_name": "نگار", "type": "private" },
                "date": 1760000100, "edit_date": 1760000160, "text": "سلام، سفارش ۱۲۳۴ من کجاست؟" } }
            """));

    [Fact]
    public void An_edited_caption_reads_as_it_did_before() => Assert.Equal(
        new CustomerEdited("6600112233", "5", "[video] 0:07\nnew", 1760000160L << 31, "new"),
        TelegramReader.Read($$$"""{"edited_message":{"message_id":5,"edit_date":1760000160,{{{FromNegar}}},"video":{"duration":7},"caption":"new"}}"""));

    [Theory]
    [InlineData("photo", "[photo]", """ "photo": [] """)]
    [InlineData("live_photo", "[live photo]", """ "photo": [], "live_photo": {} """)]
    [InlineData("sticker", "[sticker] 😀", """ "sticker": { "emoji": "😀", "is_animated": true } """)]
    [InlineData("sticker", "[sticker]", """ "sticker": {} """)]
    [InlineData("voice", "[voice] 1:05", """ "voice": { "duration": 65 } """)]
    [InlineData("video", "[video] clip.mp4 0:07\nببین", """ "caption": "ببین", "video": { "duration": 7, "file_name": "clip.mp4" } """)]
    [InlineData("video_note", "[video note] 0:07", """ "video_note": { "duration": 7 } """)]
    [InlineData("audio", "[audio] Googoosh – Talagh 4:00", """ "audio": { "duration": 240, "performer": "Googoosh", "title": "Talagh", "file_name": "a.mp3" } """)]
    [InlineData("audio", "[audio] a.mp3", """ "audio": { "file_name": "a.mp3" } """)]
    [InlineData("document", "[document] فاکتور.pdf", """ "document": { "file_name": "فاکتور.pdf" } """)]
    [InlineData("document", "[document] a.pdf\nhere", """ "caption": "here", "document": { "file_name": "a.pdf" } """)]
    [InlineData("animation", "[animation]", """ "animation": {}, "document": { "file_name": "a.gif" } """)]
    [InlineData("location", "[location] 35.7, 51.4", """ "location": { "latitude": 35.7, "longitude": 51.4 } """)]
    [InlineData("venue", "[venue] Café, Valiasr 35.7, -51.4", """ "location": {}, "venue": { "title": "Café", "address": "Valiasr", "location": { "latitude": 35.7, "longitude": -51.4 } } """)]
    [InlineData("contact", "[contact] Ali Rezaei +989120000000", """ "contact": { "first_name": "Ali", "last_name": "Rezaei", "phone_number": "+989120000000" } """)]
    [InlineData("poll", "[poll] Which one?", """ "poll": { "question": "Which one?" } """)]
    [InlineData("dice", "[dice] 🎲 4", """ "dice": { "emoji": "🎲", "value": 4 } """)]
    [InlineData("story", "[story]", """ "story": { "id": 1 } """)]
    [InlineData("game", "[game] Chess", """ "game": { "title": "Chess" } """)]
    [InlineData("invoice", "[invoice] Shoes", """ "invoice": { "title": "Shoes", "total_amount": 1250, "currency": "USD" } """)]
    [InlineData("paid_media", "[paid media]", """ "paid_media": {} """)]
    [InlineData("unsupported", "[unsupported message]", """ "hologram": { "of": "a cat" } """)]
    [InlineData("unsupported", "[unsupported message] with words", """ "hologram": {}, "caption": "with words" """)]
    [InlineData("unsupported", "[unsupported message]", """ "text": "   " """)]
    [InlineData("gift", "[gift] for you", """ "gift": { "text": "for you", "gift": {} } """)]
    [InlineData("rich_message", "[rich message] Hello big world", """ "rich_message": { "blocks": [{ "type": "paragraph", "text": ["Hello", { "type": "bold", "text": "big" }] }, { "type": "list", "items": [{ "text": "world" }] }] } """)]
    public void Nothing_that_a_customer_sends_is_invisible(string kind, string content, string fields) =>
        Assert.Equal(new CustomerWrote("6600112233", Negar, "5", kind, content), Private(fields) with { Caption = null });

    [Fact]
    public void Words_under_a_file_are_told_apart_from_its_placeholder_too()
    {
        var wrote = Private("""
            "caption": "ببین", "video": { "duration": 7, "file_name": "clip.mp4" }
            """);

        Assert.Equal(("[video] clip.mp4 0:07\nببین", "ببین"), (wrote.Content, wrote.Caption));
        Assert.Null(Private(""" "caption": " ", "video": {} """).Caption);
    }

    [Theory]
    [InlineData("[forwarded from Ali Rezaei]\nhi", """ "forward_origin": { "type": "user", "sender_user": { "first_name": "Ali", "last_name": "Rezaei" } } """)]
    [InlineData("[forwarded from Somebody]\nhi", """ "forward_origin": { "type": "hidden_user", "sender_user_name": "Somebody" } """)]
    [InlineData("[forwarded from News]\nhi", """ "forward_origin": { "type": "channel", "chat": { "title": "News" }, "message_id": 4 } """)]
    [InlineData("[forwarded from A group]\nhi", """ "forward_origin": { "type": "chat", "sender_chat": { "title": "A group" } } """)]
    [InlineData("[reply to a story]\nhi", """ "reply_to_story": { "chat": { "id": 9 }, "id": 3 } """)]
    [InlineData("[reply to a message in another chat]\nhi", """ "external_reply": { "origin": { "type": "channel" } } """)]
    [InlineData("> the blue one\nhi", """ "quote": { "text": "the\nblue one", "position": 4, "is_manual": true } """)]
    [InlineData("hi", """ "quote": { "text": "the blue one", "position": 4 } """)]
    public void What_a_message_cannot_be_read_without_stands_before_it(string content, string fields) =>
        Assert.Equal(new CustomerWrote("6600112233", Negar, "5", "text", content), Private($"\"text\": \"hi\", {fields}"));

    [Fact]
    public void An_album_is_known_by_its_mark() => Assert.Equal("13579", Private(""" "media_group_id": "13579", "photo": [] """).Album);

    [Fact]
    public void What_a_message_answers_is_kept() => Assert.Equal(
        new CustomerWrote("6600112233", Negar, "5", "text", "yes", ReplyTo: "511"),
        Private("""
            "text": "yes", "reply_to_message": { "message_id": 511, "date": 1, "chat": { "id": 6600112233, "type": "private" }, "text": "Really?" }
            """));

    [Fact]
    public void What_it_answers_elsewhere_is_no_message_of_this_chat() => Assert.Null(
        Private(""" "text": "yes", "reply_to_message": { "message_id": 511, "chat": { "id": -100 } } """).ReplyTo);

    [Theory]
    [InlineData("""{"update_id":99999999999,"message":{"message_id":5,"date":1,FROM,"text":"hi"}}""")]
    [InlineData("""{"update_id":"7","message":{"message_id":5,"date":-1,FROM,"text":"hi"}}""")]
    [InlineData("""{"update_id":7,"message":{"message_id":5,"date":1,FROM,"text":"hi","forward_origin":{"type":"from_the_future"}}}""")]
    [InlineData("""{"update_id":7,"message":{"message_id":5,"date":"x",FROM,"text":"hi","entities":[{"type":"new"}],"reply_to_message":[]}}""")]
    public void What_the_package_cannot_read_is_read_all_the_same(string body) => Assert.Equal(
        new CustomerWrote("6600112233", Negar, "5", "text", "hi"),
        Assert.IsType<CustomerWrote>(TelegramReader.Read(body.Replace("FROM", FromNegar, StringComparison.Ordinal))) with { At = null });

    [Fact]
    public void A_private_chat_is_known_by_its_customer_even_where_its_type_is_new() => Assert.IsType<CustomerWrote>(
        TelegramReader.Read("""{"update_id":7,"message":{"message_id":5,"date":1,"from":{"id":9,"first_name":"A"},"chat":{"id":9,"type":"cosy"},"text":"hi"}}"""));

    [Fact]
    public void Messages_without_a_number_of_their_own_are_told_apart_by_their_update() => Assert.Equal(
        "update:7",
        Assert.IsType<CustomerWrote>(TelegramReader.Read($$$"""{"update_id":7,"message":{"message_id":0,"date":1,{{{FromNegar}}},"text":"hi"}}""")).ExternalId);

    [Fact]
    public void Half_a_character_becomes_a_replacement_character() => Assert.Equal(
        "a\uFFFDb😀c\uFFFD\\ud83d",
        Private("\"text\": \"a\\ud83db\\ud83d\\uDE00c\\ude00\\\\ud83d\"").Content);

    [Fact]
    public void Half_a_character_in_the_body_itself_too() => Assert.Equal(
        "a\uFFFDb", Private("\"text\": \"a\uD83Db\"").Content);

    [Fact]
    public void A_text_beyond_every_limit_is_cut_between_characters()
    {
        var content = Private($"\"text\": \"x{string.Concat(Enumerable.Repeat("😀", 5000))}\"").Content;

        Assert.Equal(8191, content.Length);
        Assert.EndsWith("😀", content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("group")]
    [InlineData("supergroup")]
    public void A_group_is_not_an_inbox(string type) => Assert.Equal(new GroupWrote("-1001234567890"), Group(type, "\"text\": \"/help\""));

    [Theory]
    [InlineData("\"new_chat_members\": [{ \"id\": 1 }]")]
    [InlineData("\"left_chat_member\": { \"id\": 1 }")]
    [InlineData("\"something_new\": {}")]
    [InlineData("\"text\": \"news\", \"is_automatic_forward\": true")]
    public void What_nobody_says_in_a_group_gets_no_answer(string fields) => Assert.IsType<NothingToDo>(Group("supergroup", fields));

    [Fact]
    public void An_anonymous_admin_is_no_bot() => Assert.IsType<GroupWrote>(TelegramReader.Read(
        """{"update_id":7,"message":{"message_id":5,"from":{"id":1087968824,"is_bot":true},"sender_chat":{"id":-5},"chat":{"id":-5,"type":"group"},"text":"/help"}}"""));

    [Theory]
    [InlineData("pinned_message", """ "pinned_message": { "message_id": 4 } """)]
    [InlineData("message_auto_delete_timer_changed", """ "message_auto_delete_timer_changed": { } """)]
    public void A_remark_of_telegrams_is_no_message(string kind, string fields) =>
        Assert.Equal(new NothingToDo($"A service message: {kind}"), FromPrivate(fields));

    [Theory]
    [InlineData("channel_post")]
    [InlineData("callback_query")]
    [InlineData("poll_answer")]
    [InlineData("something_new")]
    public void Every_other_kind_is_named_and_left(string kind) =>
        Assert.Equal(new NothingToDo($"An update of kind {kind}"), TelegramReader.Read("""{"update_id":7,"KIND":{"chat":{"id":5,"type":"private"}}}""".Replace("KIND", kind, StringComparison.Ordinal)));

    [Fact]
    public void A_bot_is_not_a_customer() => Assert.IsType<NothingToDo>(TelegramReader.Read(
        """{"update_id":7,"message":{"message_id":5,"from":{"id":9,"is_bot":true},"chat":{"id":9,"type":"private"},"text":"hi"}}"""));

    [Fact]
    public void An_update_with_nothing_in_it_is_nothing_to_do() => Assert.IsType<NothingToDo>(TelegramReader.Read("""{"update_id":7}"""));

    [Theory]
    [InlineData("""{"update_id":815000301,"message":{"chat":{"id":6600112233}}}""", "815000301", "6600112233")]
    [InlineData("""{"update_id":99999999999,"edited_message":{"chat":{"id":-1001234567890}}}""", "99999999999", "-1001234567890")]
    [InlineData("""{"update_id":7,"my_chat_member":{"chat":{"id":5}}}""", "7", "5")]
    [InlineData("""{"update_id":7,"message_reaction":{"chat":{"id":5}}}""", "7", "5")]
    [InlineData("""{"update_id":7,"callback_query":{}}""", "7", "")]
    [InlineData("""{"update_id":7,"message":{"chat":{"id":"five"}}}""", "7", "")]
    public void An_update_is_known_by_its_number_and_its_chat(string body, string key, string lane) =>
        Assert.Equal(new UpdateIdentity(key, lane), TelegramReader.Identify(body));

    // When it was written is the same for all of them; what files there are is read elsewhere.
    private static CustomerWrote Private(string fields) => Assert.IsType<CustomerWrote>(FromPrivate(fields)) with { At = null, Files = [] };

    private static InboundNews FromPrivate(string fields) => TelegramReader.Read($$$"""{"update_id":7,"message":{"message_id":5,"date":1760000100,{{{FromNegar}}},{{{fields}}}}}""");

    private static InboundNews Group(string type, string fields) => TelegramReader.Read(
        $$$"""{"update_id":7,"message":{"message_id":5,"date":1,"from":{"id":9,"is_bot":false,"first_name":"A"},"chat":{"id":-1001234567890,"title":"G","type":"{{{type}}}"},{{{fields}}}}}""");
}
