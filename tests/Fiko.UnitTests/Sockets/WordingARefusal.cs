using System.Text.Json;
using Fiko.Application.Messaging;
using Fiko.Application.Shared;
using Fiko.Domain.Agents;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using Fiko.WebApi.Sockets;
using FluentValidation;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Fiko.UnitTests.Sockets;

/// <summary>protocol.md, section 4, row by row.</summary>
public sealed class WordingARefusal
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly FrameErrors _errors = new(new FakeTimeProvider(Noon));

    [Theory]
    [InlineData("message_empty", "Message content cannot be empty", "خطا در ارسال پیام")]
    [InlineData("message_too_long", "Message content is too long", "متن پیام بیش از حد طولانی است")]
    [InlineData("auth_required", "Authentication required", "برای ادامه باید وارد شوید")]
    [InlineData("conversation_not_found", "Conversation not found", "گفتگو پیدا نشد")]
    [InlineData("message_not_found", "Message not found", "پیام پیدا نشد")]
    [InlineData("invalid_json", "Invalid JSON format", "قالب داده نامعتبر است")]
    [InlineData("unknown_event", "Unknown event type", "نوع رویداد ناشناخته است")]
    [InlineData("invalid_field", "Invalid value for field 'limit'", "مقدار یکی از فیلدها نامعتبر است")]
    [InlineData("rate_limited", "Too many requests", "تعداد درخواست‌ها بیش از حد مجاز است")]
    [InlineData("too_many_connections", "Too many connections", "تعداد اتصال‌ها بیش از حد مجاز است")]
    [InlineData("unsupported_data", "Binary frames are not supported", "فقط پیام متنی پشتیبانی می‌شود")]
    [InlineData("internal_error", "Internal server error", "خطای داخلی سرور")]
    public void Each_refusal_is_worded_as_documented_in_both_languages(string code, string english, string persian)
    {
        var inEnglish = Refuse(code, english, new FrameOrigin(English: true));
        var inPersian = Refuse(code, english, new FrameOrigin(English: false));

        Assert.Equal((code, english, english), (inEnglish.Code, inEnglish.Error, inEnglish.Message));
        Assert.Equal((code, english, persian), (inPersian.Code, inPersian.Error, inPersian.Message));
    }

    [Fact]
    public void A_refusal_names_the_frame_that_it_answers()
    {
        var error = _errors.Describe(BadFrameException.UnknownEvent(), new FrameOrigin(English: true, "shout", "c1"), "trace");

        Assert.Equal(("shout", "c1", "type", Noon), (error.RequestType, error.ClientId, error.Field, error.Timestamp));
        Assert.Null(error.TraceId);
    }

    [Fact]
    public void What_nobody_foresaw_says_no_more_than_where_to_look()
    {
        var error = _errors.Describe(new InvalidOperationException("password=hunter2"), new FrameOrigin(English: true), "trace");

        Assert.Equal(("internal_error", "Internal server error", "trace"), (error.Code, error.Message, error.TraceId));
    }

    [Theory]
    [InlineData("""{"limit":"many"}""", "limit")]
    [InlineData("""{"limit":1,"filters":{"unread_only":3}}""", "filters.unread_only")]
    public void A_field_of_the_wrong_kind_is_named_as_the_client_wrote_it(string body, string field)
    {
        var wrong = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Body>(body, Fiko.Infrastructure.Realtime.Wire.Options));

        var error = _errors.Describe(wrong, new FrameOrigin(English: true), "trace");

        Assert.Equal(("invalid_field", $"Invalid value for field '{field}'", field), (error.Code, error.Error, error.Field));
        Assert.True(FrameErrors.IsForeseen(wrong));
    }

    [Fact]
    public void Only_an_unknown_conversation_closes_a_socket_that_opens()
    {
        Assert.Equal(CloseCode.ConversationNotFound, FrameErrors.ClosesOnConnect(Access.ConversationNotFound()));
        Assert.Null(FrameErrors.ClosesOnConnect(Access.MessageNotFound()));
    }

    // From where it comes in the product, as far as that can be reached from here.
    private Application.Realtime.ErrorFrame Refuse(string code, string english, FrameOrigin of) => code switch
    {
        "auth_required" => _errors.AuthRequired(of),
        "unsupported_data" => _errors.UnsupportedData(of),
        "message_empty" => _errors.Describe(Invalid(""), of, "trace"),
        "message_too_long" => _errors.Describe(Invalid(new string('x', 4097)), of, "trace"),
        "conversation_not_found" => _errors.Describe(Access.ConversationNotFound(), of, "trace"),
        "message_not_found" => _errors.Describe(Access.MessageNotFound(), of, "trace"),
        "invalid_json" => _errors.Describe(BadFrameException.InvalidJson(), of, "trace"),
        "unknown_event" => _errors.Describe(BadFrameException.UnknownEvent(), of, "trace"),
        "invalid_field" => _errors.Describe(BadFrameException.InvalidField("limit"), of, "trace"),
        "internal_error" => _errors.Describe(new InvalidOperationException("secret"), of, "trace"),
        _ => _errors.Describe(new RuleBrokenException(code, english), of, "trace"),
    };

    private static ValidationException Invalid(string content)
    {
        var sara = new Caller(AgentId: 1, WorkspaceId: 1, "Sara", Role.Agent, SessionId: null);
        var validator = new AcceptMessageValidator(Options.Create(new MessageOptions()));
        return new ValidationException(validator.Validate(new AcceptMessage(sara, new ConversationId(1), content, ClientId: null, ReplyTo: null, Attachments: null)).Errors);
    }

    private sealed record Body(int? Limit, Filters? Filters);

    private sealed record Filters(bool? UnreadOnly);
}
