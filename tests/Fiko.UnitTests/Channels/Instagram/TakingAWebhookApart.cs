using System.Text;
using Fiko.Application.Channels;
using Fiko.Infrastructure.Channels.Instagram;
using Fiko.UnitTests.Channels.Telegram;
using Microsoft.Extensions.Logging;

namespace Fiko.UnitTests.Channels.Instagram;

public sealed class TakingAWebhookApart : IDisposable
{
    private const string Hello = "\"message\":{\"mid\":\"m1\",\"text\":\"\\u0633\\u0644\\u0627\\u0645\"}";

    private readonly LoggerFactory _logs = new([new WrittenLog()]);

    public void Dispose() => _logs.Dispose();

    [Fact]
    public void Each_item_is_kept_by_itself_letter_by_letter()
    {
        var (one, two) = (Item.From(Hello), Item.From("\"read\" : {\"mid\":\"m0\"}"));

        var updates = Read(Item.Wrap(one, two)).Updates;

        Assert.Equal([Item.Wrap(one), Item.Wrap(two)], updates.Select(u => u.Body));
        Assert.Equal([("message:m1", Item.Customer), ("read:m0:1760000600001", Item.Customer)], updates.Select(u => (u.Key, u.Lane)));
        Assert.All(updates, u => Assert.Equal(Item.Account, u.Account));
    }

    [Fact]
    public void What_is_kept_is_read_as_it_came()
    {
        foreach (var body in (string[])[Item.Wrap(Item.From(Hello)), Item.Change("messages", Item.From(Hello)), Item.Wrap(Item.From(Hello)).Replace("messaging", "standby", StringComparison.Ordinal)])
        {
            var update = Assert.Single(Read(body).Updates);

            Assert.Equal(new UpdateIdentity("message:m1", Item.Customer), InstagramReader.Identify(update.Body));
            Assert.Equal((update.Key, update.Lane), ("message:m1", Item.Customer));
            Assert.Equal("سلام", Assert.IsType<CustomerWrote>(InstagramReader.Read(update.Body)).Content);
        }
    }

    [Fact]
    public void An_array_of_envelopes_is_as_good_as_one()
    {
        var updates = Read($"[{Item.Wrap(Item.From(Hello))},{Item.Wrap(Item.From("\"read\":{\"mid\":\"m0\"}"))}]").Updates;

        Assert.Equal(2, updates.Count);
    }

    [Fact]
    public void A_field_with_its_value_is_a_change()
    {
        var update = Assert.Single(Read($$"""{"object":"instagram","entry":[{"id":"{{Item.Account}}","time":1,"field":"comments","value":{"text":"nice","id":"1"} }]}""").Updates);

        Assert.Equal(new NothingToDo("A change of comments"), InstagramReader.Read(update.Body));
        Assert.Equal(update.Key, InstagramReader.Identify(update.Body).Key);
        Assert.StartsWith("sha256:", update.Key, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"message\":{\"mid\":\"m\",\"is_deleted\":true}", "deleted:m")]
    [InlineData("\"message\":{\"mid\":\"m\",\"text\":\"x\",\"is_echo\":true}", "echo:m")]
    [InlineData("\"message_edit\":{\"mid\":\"m\",\"text\":\"x\",\"num_edit\":\"2\"}", "edit:m:2")]
    [InlineData("\"reaction\":{\"mid\":\"m\",\"action\":\"react\",\"emoji\":\"x\"}", "reaction:m:990000000000001:react:1760000600001")]
    [InlineData("\"postback\":{\"mid\":\"m\",\"title\":\"x\"}", "postback:m")]
    public void Two_kinds_about_one_message_are_two_updates(string content, string key) =>
        Assert.Equal(key, Assert.Single(Read(Item.Wrap(Item.From(content))).Updates).Key);

    [Fact]
    public void An_echo_is_in_its_customers_lane() =>
        Assert.Equal(Item.Customer, Assert.Single(Read(Item.Wrap(Item.Echo("\"message\":{\"mid\":\"m\",\"text\":\"x\",\"is_echo\":true}"))).Updates).Lane);

    [Fact]
    public void Ids_as_long_as_they_please_fit_the_columns()
    {
        var mid = new string('a', 5000);

        var update = Assert.Single(Read(Item.Wrap(Item.From($"\"message\":{{\"mid\":\"{mid}\",\"text\":\"x\"}}"))).Updates);
        var wrote = Assert.IsType<CustomerWrote>(InstagramReader.Read(update.Body));

        Assert.InRange(update.Key.Length, 1, 200);
        Assert.InRange(wrote.ExternalId.Length, 1, 255);
        Assert.Equal(new CustomerRead(Item.Customer, wrote.ExternalId), InstagramReader.Read(Item.Wrap(Item.From($"\"read\":{{\"mid\":\"{mid}\"}}"))));
    }

    [Theory]
    [InlineData("""{"object":"instagram","entry":[]}""")]
    [InlineData("""{"object":"page","entry":[{"id":"1","messaging":[{}]}]}""")]
    [InlineData("""{"object":"instagram","entry":[{"id":"1","time":1}]}""")]
    [InlineData("[]")]
    public void What_holds_nothing_asks_for_nothing(string body)
    {
        var accepted = Read(body);

        Assert.Equal((0, null), (accepted.Updates.Count, accepted.Stray));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{\"object\":\"instagram\",\"entry\":[{\"id\":\"1\",\"mess")]
    [InlineData("5")]
    [InlineData("{}")]
    [InlineData("""{"object":"instagram","entry":{}}""")]
    [InlineData("""{"object":"instagram","entry":[7]}""")]
    [InlineData("""{"object":"instagram","entry":[{"messaging":[{}]}]}""")]
    public void What_cannot_be_read_is_kept_whole(string body)
    {
        var accepted = Read(body);

        Assert.Empty(accepted.Updates);
        Assert.Equal(body, accepted.Stray?.Body);
    }

    [Fact]
    public void What_can_be_read_beside_it_is_not_lost()
    {
        var accepted = Read(Item.Wrap(Item.From(Hello)).Replace("\"entry\":[", "\"entry\":[null,", StringComparison.Ordinal));

        Assert.Single(accepted.Updates);
        Assert.NotNull(accepted.Stray);
    }

    [Fact]
    public void The_dashboards_test_is_nothing_to_do()
    {
        const string test = """{"sender":{"id":"12334"},"recipient":{"id":"23245"},"timestamp":"1527459824","message":{"mid":"random_mid","text":"random_text"}}""";

        Assert.IsType<NothingToDo>(InstagramReader.Read(Item.Change("messages", test, "0")));
        Assert.IsType<NothingToDo>(InstagramReader.Read(Item.Change("messages", test)));
    }

    private AcceptUpdates Read(string body) =>
        new InstagramWebhooks(NSubstitute.Substitute.For<IInstagramEndpoint>(), _logs.CreateLogger<InstagramWebhooks>()).Read(Encoding.UTF8.GetBytes(body));
}
