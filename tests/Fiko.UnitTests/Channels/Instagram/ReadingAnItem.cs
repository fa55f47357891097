using Fiko.Application.Channels;
using Fiko.Domain.Conversations;
using Fiko.Infrastructure.Channels.Instagram;

namespace Fiko.UnitTests.Channels.Instagram;

public sealed class ReadingAnItem
{
    private const string Url = "https://cdn.example/ig/1.jpg?sig=x";

    [Fact]
    public void A_text_is_a_message_of_the_customer()
    {
        var wrote = Wrote("\"message\":{\"mid\":\"aWdfZXhhbXBsZTox\",\"text\":\"\\u0633\\u0644\\u0627\\u0645\"}");

        Assert.Equal((Item.Customer, "aWdfZXhhbXBsZTox", "text", "سلام"), (wrote.Chat, wrote.ExternalId, wrote.Kind, wrote.Content));
        Assert.Equal((null, null, 0), (wrote.Caption, wrote.ReplyTo, wrote.Files.Count));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1760000600001), wrote.At);
    }

    [Fact]
    public void A_reply_to_a_message_names_it() =>
        Assert.Equal("m1", Wrote("\"message\":{\"mid\":\"m2\",\"text\":\"yes\",\"reply_to\":{\"mid\":\"m1\"}}").ReplyTo);

    [Fact]
    public void A_reply_to_a_story_brings_the_story()
    {
        var wrote = Wrote($$$$"""
            "message":{"mid":"m","text":"این را دارید؟","attachments":[{"type":"image","payload":{"url":"{{{{Url}}}}"}}],"reply_to":{"story":{"url":"https://cdn.example/ig/story1.mp4","id":"17900000000000001"}}}
            """);

        Assert.Equal(("story_reply", "[reply to your story] [image] این را دارید؟", "این را دارید؟"), (wrote.Kind, wrote.Content, wrote.Caption));
        Assert.Equal([(FileKind.Share, "https://cdn.example/ig/story1.mp4"), (FileKind.Image, Url)], wrote.Files.Select(f => (f.Kind, f.RemoteId!)));
    }

    [Theory]
    [InlineData("image", "image", "[image]", FileKind.Image)]
    [InlineData("video", "video", "[video]", FileKind.Video)]
    [InlineData("audio", "audio", "[audio]", FileKind.Audio)]
    [InlineData("file", "file", "[file]", FileKind.File)]
    [InlineData("story_mention", "story_mention", "[mentioned you in a story]", FileKind.Share)]
    [InlineData("story", "story", "[shared story]", FileKind.Share)]
    [InlineData("ig_story", "story", "[shared story]", FileKind.Share)]
    public void What_ends_soon_is_to_be_fetched(string type, string kind, string content, string file)
    {
        var wrote = Wrote($$$"""
            "message":{"mid":"m","attachments":[{"type":"{{{type}}}","payload":{"url":"{{{Url}}}" } }]}
            """);

        Assert.Equal((kind, content, null), (wrote.Kind, wrote.Content, wrote.Caption));
        Assert.Equal(new InboundFile(file) { RemoteId = Url }, Assert.Single(wrote.Files));
    }

    [Theory]
    [InlineData("share", "share", "[shared post: Shoes]")]
    [InlineData("ig_post", "share", "[shared post: Shoes]")]
    [InlineData("media", "share", "[shared post: Shoes]")]
    [InlineData("reel", "reel", "[shared reel: Shoes]")]
    [InlineData("ig_reel", "reel", "[shared reel: Shoes]")]
    [InlineData("template", "unsupported", "[unsupported attachment]")]
    public void What_is_somebody_elses_stays_a_link(string type, string kind, string content)
    {
        var wrote = Wrote($$$"""
            "message":{"mid":"m","text":"look","attachments":[{"type":"{{{type}}}","payload":{"url":"{{{Url}}}","title":"Shoes","reel_video_id":"1"}}]}
            """);

        Assert.Equal((kind, $"{content} look", "look"), (wrote.Kind, wrote.Content, wrote.Caption));
        Assert.Equal(new InboundFile(FileKind.Share) { Link = Url, Name = "Shoes" }, Assert.Single(wrote.Files));
    }

    [Theory]
    [InlineData("{\"type\":\"ephemeral\"}", "ephemeral", "[view-once media]", true)]
    [InlineData("{\"type\":\"like_heart\"}", "like_heart", "❤️", false)]
    [InlineData("{\"type\":\"unsupported_type\",\"payload\":null}", "unsupported", "[unsupported attachment]", false)]
    [InlineData("{}", "unsupported", "[unsupported attachment]", false)]
    [InlineData("7", "unsupported", "[unsupported attachment]", false)]
    [InlineData("{\"type\":\"image\"}", "image", "[image]", true)]
    [InlineData("{\"type\":\"image\",\"payload\":{\"url\":\"javascript:alert(1)\"}}", "image", "[image]", true)]
    [InlineData("{\"type\":\"image\",\"payload\":{\"url\":7}}", "image", "[image]", true)]
    public void What_has_no_bytes_says_so(string attachment, string kind, string content, bool hasProblem)
    {
        var wrote = Wrote($"\"message\":{{\"mid\":\"m\",\"attachments\":[{attachment}]}}");

        Assert.Equal((kind, content), (wrote.Kind, wrote.Content));
        Assert.Equal(hasProblem, wrote.Files is [{ Problem: not null, RemoteId: null, Link: null }]);
    }

    [Fact]
    public void Several_attachments_are_one_message()
    {
        var image = $$$"""{"type":"image","payload":{"url":"{{{Url}}}"}}""";

        var wrote = Wrote($"\"message\":{{\"mid\":\"m\",\"attachments\":[{image},{image},{{\"type\":\"video\",\"payload\":{{\"url\":\"{Url}\"}}}}]}}");

        Assert.Equal("[image] [image] [video]", wrote.Content);
        Assert.Equal(3, wrote.Files.Count);
    }

    [Theory]
    [InlineData("\"mid\":\"m\",\"is_unsupported\":true", "[unsupported message]")]
    [InlineData("\"mid\":\"m\"", "[unsupported message]")]
    [InlineData("\"mid\":\"m\",\"text\":\"  \"", "[unsupported message]")]
    public void What_instagram_does_not_hand_out_is_a_message_all_the_same(string message, string content)
    {
        var wrote = Wrote($"\"message\":{{{message}}}");

        Assert.Equal(("unsupported", content), (wrote.Kind, wrote.Content));
    }

    [Fact]
    public void A_quick_reply_is_its_text_and_an_advertisement_changes_nothing()
    {
        var wrote = Wrote("\"message\":{\"mid\":\"m\",\"text\":\"Size 40\",\"quick_reply\":{\"payload\":\"SIZE_40\"},\"referral\":{\"ref\":\"x\",\"source\":\"ADS\",\"type\":\"OPEN_THREAD\"}}");

        Assert.Equal(("text", "Size 40"), (wrote.Kind, wrote.Content));
    }

    [Fact]
    public void A_button_says_its_title()
    {
        var wrote = Wrote("\"postback\":{\"mid\":\"aWdfZXhhbXBsZTo1\",\"title\":\"ساعت کاری\",\"payload\":\"HOURS\"}");

        Assert.Equal(("aWdfZXhhbXBsZTo1", "postback", "ساعت کاری"), (wrote.ExternalId, wrote.Kind, wrote.Content));
        Assert.Equal($"postback:{Item.Customer}:1760000600001", Wrote("\"postback\":{\"payload\":\"HOURS\"}").ExternalId);
    }

    [Fact]
    public void A_reaction_has_its_emoji_and_its_time()
    {
        Assert.Equal(
            new CustomerReacted(Item.Customer, "aWdfZXhhbXBsZToy", "\u2764\ufe0f", 1760000720001),
            Read(Item.From("\"reaction\":{\"mid\":\"aWdfZXhhbXBsZToy\",\"action\":\"react\",\"reaction\":\"love\",\"emoji\":\"\\u2764\\ufe0f\"}", 1760000720001)));
        Assert.Equal(
            new CustomerReacted(Item.Customer, "aWdfZXhhbXBsZToy", null, 1760000730001),
            Read(Item.From("\"reaction\":{\"mid\":\"aWdfZXhhbXBsZToy\",\"action\":\"unreact\"}", 1760000730001)));
        Assert.Equal("👍", Assert.IsType<CustomerReacted>(Read(Item.From("\"reaction\":{\"mid\":\"m\",\"action\":\"react\",\"reaction\":\"like\"}"))).Emoji);
    }

    [Fact]
    public void Receipts_and_withdrawals_name_their_message()
    {
        Assert.Equal(new CustomerRead(Item.Customer, "aWdfZXhhbXBsZTo0"), Read(Item.From("\"read\":{\"mid\":\"aWdfZXhhbXBsZTo0\"}")));
        Assert.Equal(new MessageWithdrawn(Item.Customer, "m"), Read(Item.From("\"message\":{\"mid\":\"m\",\"is_deleted\":true}")));
        Assert.Equal(new MessageWithdrawn(Item.Customer, "m"), Read(Item.Echo("\"message\":{\"mid\":\"m\",\"is_echo\":true,\"is_deleted\":true}")));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("\"2\"", 2)]
    public void An_edit_names_nobody_and_counts(string number, long order) => Assert.Equal(
        new CustomerEdited("", "aWdfZXhhbXBsZToy", "این را در سایز ۴۰ دارید؟", order) { IsWordsAlone = true },
        Read($$$"""{"timestamp":1760000760001,"message_edit":{"mid":"aWdfZXhhbXBsZToy","text":"این را در سایز ۴۰ دارید؟","num_edit":{{{number}}}}}"""));

    [Fact]
    public void An_echo_is_what_the_business_wrote()
    {
        var wrote = Assert.IsType<BusinessWrote>(Read(Item.Echo("\"message\":{\"mid\":\"e1\",\"text\":\"سلام\",\"is_echo\":true,\"reply_to\":{\"mid\":\"m1\"}}")));

        Assert.Equal((Item.Customer, "e1", "text", "سلام", "سلام", "instagram_direct"), (wrote.Chat, wrote.ExternalId, wrote.Kind, wrote.Content, wrote.Text, wrote.Via));
        Assert.Equal(("m1", DateTimeOffset.FromUnixTimeMilliseconds(1760000600001)), (wrote.ReplyTo, wrote.At));
    }

    [Fact]
    public void So_is_one_without_the_mark() =>
        Assert.Equal(Item.Customer, Assert.IsType<BusinessWrote>(Read(Item.Echo("\"message\":{\"mid\":\"e1\",\"text\":\"hi\"}"))).Chat);

    [Fact]
    public void An_echo_of_a_file_has_no_words() =>
        Assert.Null(Assert.IsType<BusinessWrote>(Read(Item.Echo(
            $"\"message\":{{\"mid\":\"e1\",\"is_echo\":true,\"attachments\":[{{\"type\":\"image\",\"payload\":{{\"url\":\"{Url}\"}}}}]}}"))).Text);

    [Theory]
    [InlineData("\"message_edit\":{\"mid\":\"m\",\"num_edit\":0}")]
    [InlineData("\"message_edit\":{\"mid\":\"m\",\"num_edit\":\"0\",\"text\":\"hi\"}")]
    [InlineData("\"message\":{\"mid\":\"m\",\"text\":\"hi\",\"is_self\":true}")]
    [InlineData("\"message\":{\"mid\":\"m\",\"text\":\"hi\",\"is_echo\":true,\"is_self\":true}")]
    [InlineData("\"referral\":{\"ref\":\"x\",\"source\":\"IGME-SOURCE-LINK\",\"type\":\"OPEN_THREAD\"}")]
    [InlineData("\"pass_thread_control\":{\"new_owner_app_id\":\"1\"}")]
    public void Some_things_are_nothing_for_an_inbox(string content) => Assert.IsType<NothingToDo>(Read(Item.From(content)));

    [Theory]
    [InlineData("1760000600001", 1760000600001)]
    [InlineData("\"1760000600001\"", 1760000600001)]
    [InlineData("1760000600", 1760000600000)]
    [InlineData("\"1760000600\"", 1760000600000)]
    [InlineData("\"2025-10-09T08:53:20+0000\"", 1760000000000)]
    [InlineData("\"2025-10-09T08:53:20Z\"", 1760000000000)]
    public void A_time_may_come_in_several_forms(string timestamp, long milliseconds) =>
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), WroteAt(timestamp));

    [Theory]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1e300")]
    [InlineData("\"soon\"")]
    [InlineData("{}")]
    public void One_that_cannot_be_is_none(string timestamp) => Assert.Null(WroteAt(timestamp));

    private static DateTimeOffset? WroteAt(string timestamp) => Assert.IsType<CustomerWrote>(Read(
        $$$"""{"sender":{"id":990000000000001},"recipient":{"id":"{{{Item.Account}}}"},"timestamp":{{{timestamp}}},"message":{"mid":"m","text":"hi"}}""")).At;

    private static CustomerWrote Wrote(string content) => Assert.IsType<CustomerWrote>(Read(Item.From(content)));

    private static InboundNews Read(string item) => InstagramReader.Read(Item.Wrap(item));
}
