using Fiko.Application.Messaging;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Conversations;
using Microsoft.Extensions.Options;

namespace Fiko.UnitTests.Messaging;

public sealed class CheckingWhatAnAgentSends
{
    private static readonly Caller Sara = new(AgentId: 1, WorkspaceId: 1, "Sara", Role.Agent, SessionId: null);

    [Theory]
    [InlineData("سلام")]
    [InlineData("  سلام  ")]
    [InlineData("۱۲۳۴۵")]
    [InlineData("🙂🙂🙂🙂🙂")]
    [InlineData(" \n 12345 \n ")]
    public void A_text_within_the_limit_passes(string content) => Assert.Empty(Refusals(Message(content)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    [InlineData("\u00a0\u2003")]
    public void A_text_without_a_character_is_empty(string? content) =>
        Assert.Equal([("message_empty", "content", "Message content cannot be empty")], Refusals(Message(content)));

    [Theory]
    [InlineData("123456")]
    [InlineData("🙂🙂🙂🙂🙂🙂")]
    public void A_text_over_the_limit_is_too_long(string content) =>
        Assert.Equal([("message_too_long", "content", "Message content is too long")], Refusals(Message(content)));

    [Theory]
    [InlineData("a")]
    [InlineData("Az09_-")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234")]
    public void A_client_id_of_the_documented_form_passes(string id) => Assert.Empty(Refusals(Message("سلام") with { ClientId = id }));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("سلام")]
    [InlineData("۱")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Any_other_client_id_is_refused(string id) =>
        Assert.Equal([("invalid_field", "client_id", "Invalid value for field 'client_id'")], Refusals(Message("سلام") with { ClientId = id }));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("conv_1")]
    public void A_reply_is_to_a_message(string id) =>
        Assert.Equal([("invalid_field", "reply_to", "Invalid value for field 'reply_to'")], Refusals(Message("سلام") with { ReplyTo = id }));

    [Fact]
    public void No_attachment_is_taken_yet()
    {
        Assert.Empty(Refusals(Message("سلام") with { Attachments = [] }));
        Assert.Equal(
            [("invalid_field", "attachments", "Invalid value for field 'attachments'")],
            Refusals(Message("سلام") with { Attachments = ["file_1"] }));
    }

    private static AcceptMessage Message(string? content) => new(Sara, new ConversationId(1), content, ClientId: null, ReplyTo: null, Attachments: null);

    private static IEnumerable<(string Code, string Field, string Text)> Refusals(AcceptMessage message)
    {
        var validator = new AcceptMessageValidator(Options.Create(new MessageOptions { MaxContentLength = 5 }));
        return validator.Validate(message).Errors.Select(e => (e.ErrorCode, e.PropertyName, e.ErrorMessage));
    }
}
