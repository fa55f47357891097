using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Protocol;

public sealed class NotAnsweringTwice(FikoServer server) : IClassFixture<FikoServer>, IAsyncLifetime
{
    private TestWorkspace _workspace = null!;
    private string _conversation = null!;
    private FikoSocket _sara = null!;
    private FikoSocket _reza = null!;

    public async ValueTask InitializeAsync()
    {
        _workspace = await TestWorkspace.CreateAsync(server, agents: 2);
        _conversation = await _workspace.BeginAsync("customer");
        _sara = await _workspace.OpenChatAsync(_workspace.Agents[0], _conversation);
        _reza = await _workspace.OpenChatAsync(_workspace.Agents[1], _conversation);
        await _sara.DrainAsync();
        await _reza.DrainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _sara.DisposeAsync();
        await _reza.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_did_not_see_a_colleagues_answer_is_told_of_it_and_nothing_is_sent()
    {
        await _sara.SendAsync(new { type = "chat_message", content = "It is on its way" });
        await _sara.NextAsync("chat_message");

        await _reza.SendAsync(new { type = "chat_message", content = "We will send it", client_id = "r-1", expected_seq = 1 });
        var error = await _reza.NextAsync("error");

        Assert.Equal(("conversation_moved", "chat_message", "r-1"), (error.Text("code"), error.Text("request_type"), error.Text("client_id")));
        Assert.Equal((_workspace.Owner.Id, 2), (error.Number("answered_by.user_id"), error.Number("last_seq")));
        await AssertAnsweredAsync(1);
    }

    [Fact]
    public async Task Of_two_who_answer_at_once_one_does()
    {
        await Task.WhenAll(
            _sara.SendAsync(new { type = "chat_message", content = "Yes", expected_seq = 1 }),
            _reza.SendAsync(new { type = "chat_message", content = "No", expected_seq = 1 }));
        await _sara.NextAsync("chat_message");
        await _reza.NextAsync("chat_message");
        await Task.WhenAll(_sara.DrainAsync(), _reza.DrainAsync());

        Assert.Single(_sara.Heard.Concat(_reza.Heard), f => f.IsA("error") && f.Text("code") == "conversation_moved");
        await AssertAnsweredAsync(1);
    }

    [Fact]
    public async Task Own_answers_notes_and_further_messages_of_the_customer_are_no_reason()
    {
        await _sara.SendAsync(new { type = "chat_message", content = "One moment" });
        await _sara.NextAsync("chat_message");
        await _reza.SendAsync(new { type = "note", content = "He is in a hurry" });
        await _sara.NextAsync("chat_message");
        await _workspace.WriteAsync("customer", "Well?");
        await _sara.NextAsync("chat_message");

        await _sara.SendAsync(new { type = "chat_message", content = "Here it is", expected_seq = 1 });

        Assert.Equal("Here it is", (await _sara.NextAsync("chat_message")).Text("message.content"));
    }

    [Fact]
    public async Task Who_has_seen_it_or_insists_is_not_held_up()
    {
        await _sara.SendAsync(new { type = "chat_message", content = "It is on its way" });
        await _reza.NextAsync("chat_message");

        await _reza.SendAsync(new { type = "chat_message", content = "As my colleague says", expected_seq = 2 });
        await _reza.NextAsync("chat_message");
        await _sara.SendAsync(new { type = "chat_message", content = "Again", expected_seq = 2, force = true });

        await _sara.NextAsync(f => f.IsA("chat_message") && f.Text("message.content") == "Again", "the second answer");
        await AssertAnsweredAsync(3);
    }

    [Fact]
    public async Task The_same_again_is_a_duplicate_and_no_move()
    {
        object message = new { type = "chat_message", content = "Yes", client_id = "s-1", expected_seq = 1 };
        await _sara.SendAsync(message);
        await _reza.NextAsync("chat_message");
        await _reza.SendAsync(new { type = "chat_message", content = "Indeed" });
        await _sara.NextAsync(f => f.IsA("chat_message") && f.Text("message.content") == "Indeed", "the colleague's");

        await _sara.SendAsync(message);

        var again = await _sara.NextAsync(f => f.IsA("chat_message") && f.TryGetProperty("duplicate", out _), "the duplicate");
        Assert.Equal("Yes", again.Text("message.content"));
    }

    [Fact]
    public async Task Over_rest_it_is_a_conflict()
    {
        await _sara.SendAsync(new { type = "chat_message", content = "Yes" });
        await _sara.NextAsync("chat_message");
        var messages = $"/api/v1/conversations/{_conversation}/messages";

        var refused = await (await server.PostAsync(messages, new { content = "No", expected_seq = 1 }, _workspace.Agents[1].Token))
            .ProblemAsync(HttpStatusCode.Conflict, "conversation_moved");
        var sent = await server.PostAsync(messages, new { content = "No", expected_seq = 1, force = true }, _workspace.Agents[1].Token);

        Assert.Equal((_workspace.Owner.Id, 2), (refused.Number("answered_by.user_id"), refused.Number("last_seq")));
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("\"1\"")]
    [InlineData("1.5")]
    public async Task What_is_no_seq_is_named(string seq)
    {
        await _sara.SendTextAsync($$"""{"type":"chat_message","content":"Yes","expected_seq":{{seq}}}""");

        var error = await _sara.NextAsync("error");
        Assert.Equal(("invalid_field", "expected_seq"), (error.Text("code"), error.Text("field")));
    }

    private async Task AssertAnsweredAsync(int times)
    {
        var fresh = await FreshRead.ChatAsync(_workspace, _workspace.Owner, _conversation);
        Assert.Equal(Enumerable.Range(1, times + 1).Select(n => (long)n), fresh.Seqs);
    }
}
