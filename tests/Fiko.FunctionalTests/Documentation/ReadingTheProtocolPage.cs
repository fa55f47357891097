using System.Text.Json;
using Routes = Fiko.WebApi.Sockets.Protocol;

namespace Fiko.FunctionalTests.Documentation;

public sealed class ReadingTheProtocolPage
{
    [Fact]
    public void It_shows_every_frame_that_the_server_sends_and_no_other() =>
        Assert.Equal(ProtocolPage.SentTypes, ProtocolPage.FromServer.Select(s => s.Frame).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void It_shows_every_frame_that_the_list_takes_and_no_other() =>
        Assert.Equal(Routes.Inbox.Names.Order(StringComparer.Ordinal), NamesOn("list"));

    [Fact]
    public void It_shows_every_frame_that_a_chat_takes_and_no_other() =>
        Assert.Equal(Routes.Chat.Names.Order(StringComparer.Ordinal), NamesOn("chat"));

    [Fact]
    public void A_sample_is_of_the_frame_that_it_is_said_to_be() =>
        Assert.All(ProtocolPage.Samples, s => Assert.Equal(s.Frame, s.Json.EnumerateObject().First() is { Name: "type" } first ? first.Value.GetString() : "type is not first"));

    [Fact]
    public void A_block_without_the_marks_is_no_sample()
    {
        const string Page = "```json\n{}\n```\n\n```json frame=ping dir=in socket=chat\n{ \"type\": \"ping\" }\n```\n";

        Assert.Equal(["ping"], ProtocolPage.Read(Page).Select(s => s.Frame));
    }

    [Theory]
    [InlineData("""{"a":1,"b":"x"}""", """{"b":"x","a":1}""")]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":[{"b":1}]}""", """{"a":[{"c":1}]}""")]
    [InlineData("""{"a":[1]}""", """{"a":[]}""")]
    [InlineData("""{"a":"2024-01-15T10:30:00Z"}""", """{"a":"2024-01-15T10:30:00.000Z"}""")]
    public void A_difference_is_noticed(string sample, string real) =>
        Assert.NotEmpty(Shape.Differences(JsonDocument.Parse(sample).RootElement, JsonDocument.Parse(real).RootElement));

    [Fact]
    public void Other_values_of_the_same_kinds_are_none()
    {
        using var sample = JsonDocument.Parse("""{"a":1,"b":{"c":true},"d":null}""");
        using var real = JsonDocument.Parse("""{"a":2,"b":{"c":false},"d":"x"}""");

        Assert.Empty(Shape.Differences(sample.RootElement, real.RootElement));
    }

    private static IEnumerable<string> NamesOn(string socket) =>
        ProtocolPage.ToServer.Where(s => s.Socket == socket).Select(s => s.Frame).Distinct().Order(StringComparer.Ordinal);
}
