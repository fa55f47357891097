using System.Collections.Frozen;
using System.Net.WebSockets;
using System.Text.Json;
using Fiko.Application.Conversations;
using Fiko.Application.Realtime;
using Fiko.Domain.Shared;
using FluentValidation;

namespace Fiko.WebApi.Sockets;

/// <summary>A frame that can't be taken as it is: what is wrong, in the words of protocol.md, section 4.</summary>
internal sealed class BadFrameException(string code, string error, string? field = null) : Exception(error)
{
    public string Code { get; } = code;

    public string? Field { get; } = field;

    public static BadFrameException InvalidJson() => new("invalid_json", "Invalid JSON format");

    public static BadFrameException UnknownEvent() => new("unknown_event", "Unknown event type", "type");

    public static BadFrameException InvalidField(string field) => new("invalid_field", $"Invalid value for field '{field}'", field);
}

/// <summary>The one place where a socket's refusals get their words.</summary>
internal sealed class FrameErrors(TimeProvider time)
{
    private static readonly FrozenDictionary<string, string> Persian = new Dictionary<string, string>
    {
        ["message_empty"] = "خطا در ارسال پیام",
        ["message_too_long"] = "متن پیام بیش از حد طولانی است",
        ["auth_required"] = "برای ادامه باید وارد شوید",
        ["conversation_not_found"] = "گفتگو پیدا نشد",
        ["message_not_found"] = "پیام پیدا نشد",
        ["change_refused"] = "این پیام را نمی‌توان تغییر داد",
        ["window_closed"] = "مهلت پاسخ به این مشتری تمام شده است",
        ["attachment_not_found"] = "پیوست پیدا نشد",
        ["attachment_refused"] = "این فایل را نمی‌توان در این کانال فرستاد",
        ["already_assigned"] = "شخص دیگری مسئول این گفتگو است",
        ["conversation_moved"] = "همکار دیگری در این فاصله پاسخ داده است",
        ["already_open"] = "گفتگوی دیگری با این مشتری باز است",
        ["user_not_found"] = "کاربر پیدا نشد",
        ["forbidden"] = "اجازه این کار را ندارید",
        ["invalid_json"] = "قالب داده نامعتبر است",
        ["unknown_event"] = "نوع رویداد ناشناخته است",
        ["invalid_field"] = "مقدار یکی از فیلدها نامعتبر است",
        ["rate_limited"] = "تعداد درخواست‌ها بیش از حد مجاز است",
        ["too_many_connections"] = "تعداد اتصال‌ها بیش از حد مجاز است",
        ["unsupported_data"] = "فقط پیام متنی پشتیبانی می‌شود",
        ["internal_error"] = "خطای داخلی سرور",
    }.ToFrozenDictionary();

    /// <summary>Every code that a socket may hear.</summary>
    public static IEnumerable<string> Codes => Persian.Keys.Order(StringComparer.Ordinal);

    public ErrorFrame AuthRequired(FrameOrigin of) => Frame("auth_required", "Authentication required", of);

    public ErrorFrame RateLimited(FrameOrigin of) => Frame("rate_limited", "Too many requests", of);

    public ErrorFrame TooManyConnections(FrameOrigin of) => Frame("too_many_connections", "Too many connections", of);

    public ErrorFrame UnsupportedData(FrameOrigin of) => Frame("unsupported_data", "Binary frames are not supported", of);

    /// <param name="problem">What was thrown.</param>
    /// <param name="of">The frame that it answers.</param>
    /// <param name="traceId">Said only of what nobody foresaw; it finds the log entry.</param>
    public ErrorFrame Describe(Exception problem, FrameOrigin of, string traceId) => problem switch
    {
        BadFrameException bad => Frame(bad.Code, bad.Message, of, bad.Field),
        ValidationException { Errors: var errors } when errors.First() is var first => Frame(first.ErrorCode, first.ErrorMessage, of, first.PropertyName),
        RuleBrokenException rule => Frame(rule.Code, rule.Message, of, rule.Field) with
        {
            AssignedTo = rule.Facts.GetValueOrDefault("assigned_to") as AssignedUser,
            AnsweredBy = rule.Facts.GetValueOrDefault("answered_by") as AssignedUser,
            LastSeq = rule.Facts.GetValueOrDefault("last_seq") as long?,
        },
        JsonException json when FieldOf(json) is { } field => Describe(BadFrameException.InvalidField(field), of, traceId),
        _ => Frame("internal_error", "Internal server error", of) with { TraceId = traceId },
    };

    public static bool IsForeseen(Exception problem) =>
        problem is BadFrameException or ValidationException or RuleBrokenException || (problem is JsonException json && FieldOf(json) is not null);

    /// <summary>The code to close with where a connection can't go on after this.</summary>
    public static WebSocketCloseStatus? ClosesOnConnect(Exception problem) =>
        problem is RuleBrokenException { Code: "conversation_not_found" } ? CloseCode.ConversationNotFound : null;

    // "$.filters.limit" and "$.attachments[3]" name the field as the client wrote it.
    private static string? FieldOf(JsonException json) => json.Path is ['$', '.', .. var path] ? path : null;

    private ErrorFrame Frame(string code, string error, FrameOrigin of, string? field = null) =>
        new(error, of.English ? error : Persian.GetValueOrDefault(code, error), code, of.RequestType, of.ClientId, field, TraceId: null, time.GetUtcNow());
}

/// <summary>What is known of the frame that an error answers.</summary>
internal readonly record struct FrameOrigin(bool English, string? RequestType = null, string? ClientId = null);
