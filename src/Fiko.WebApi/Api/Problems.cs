using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fiko.Application.Auth;
using Fiko.Domain.Shared;
using Fiko.WebApi.Hosting;
using FluentValidation;
using Microsoft.AspNetCore.Diagnostics;

namespace Fiko.WebApi.Api;

/// <summary>The one place where REST's refusals get their words and status: RFC 9457, with the codes of protocol.md (rest.md, Errors).</summary>
internal sealed partial class Problems(IProblemDetailsService writer, ILogger<Problems> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken ct)
    {
        var (status, code, title) = exception switch
        {
            ValidationException { Errors: var errors } => (StatusCodes.Status400BadRequest, errors.First().ErrorCode, errors.First().ErrorMessage),
            RuleBrokenException rule => (StatusOf(rule.Code), rule.Code, rule.Message),
            TooManyAttemptsException => (StatusCodes.Status429TooManyRequests, "rate_limited", "Too many requests"),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (StatusCodes.Status413PayloadTooLarge, "too_large", "The body is too large"),
            BadHttpRequestException bad when UnreadField(bad) is { } field => (bad.StatusCode, "invalid_field", $"Invalid value for field '{field}'"),
            BadHttpRequestException bad => (bad.StatusCode, "invalid_json", "Invalid JSON format"),
            _ => (StatusCodes.Status500InternalServerError, "internal_error", "Internal server error"),
        };
        if (WaitAfter(exception) is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (status >= StatusCodes.Status500InternalServerError)
        {
            log.RequestFailed(exception);
        }

        http.Response.StatusCode = status;
        return await writer.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = http,
            ProblemDetails =
            {
                Status = status,
                Title = title,
                Extensions = ExtensionsOf(exception, code),
            },
        });
    }

    /// <summary>What every problem carries, also those that the framework writes itself.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["trace_id"] = Activity.Current?.TraceId.ToHexString() ?? context.HttpContext.TraceIdentifier;
        problem.Extensions.TryAdd("code", CodeOf(problem.Status));
        problem.Extensions.Remove("traceId");
        if (problem.Extensions.TryGetValue("errors", out var errors) && errors is null)
        {
            problem.Extensions.Remove("errors");
        }
    }

    private static TimeSpan? WaitAfter(Exception exception) => exception switch
    {
        TooManyAttemptsException many => many.RetryAfter,
        RuleBrokenException { Code: "attachment_pending" } => TimeSpan.FromSeconds(2),
        _ => null,
    };

    private static int StatusOf(string code) => code switch
    {
        "auth_failed" or "invalid_refresh_token" or "auth_required" => StatusCodes.Status401Unauthorized,
        "forbidden" => StatusCodes.Status403Forbidden,
        "attachment_pending" or "last_owner" or "own_account" or "too_many_webhooks" or "already_assigned" or "already_open" or "conversation_moved" or "merge_undone" or "merged_further" => StatusCodes.Status409Conflict,
        "precondition_failed" => StatusCodes.Status412PreconditionFailed,
        "attachment_unavailable" => StatusCodes.Status410Gone,
        "attachment_too_large" => StatusCodes.Status413PayloadTooLarge,
        "unsupported_media_type" => StatusCodes.Status415UnsupportedMediaType,
        "too_many_uploads" or "too_many_connections" => StatusCodes.Status429TooManyRequests,
        "channel_refused" or "idempotency_key_reused" => StatusCodes.Status422UnprocessableEntity,
        _ when code.EndsWith("_not_found", StringComparison.Ordinal) => StatusCodes.Status404NotFound,
        _ when code.EndsWith("_taken", StringComparison.Ordinal) => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status400BadRequest,
    };

    private static string CodeOf(int? status) => status switch
    {
        StatusCodes.Status401Unauthorized => "auth_required",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "not_found",
        StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
        StatusCodes.Status413PayloadTooLarge => "too_large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported_media_type",
        StatusCodes.Status426UpgradeRequired => "upgrade_required",
        >= 500 => "internal_error",
        _ => "bad_request",
    };

    private static Dictionary<string, object?> ExtensionsOf(Exception exception, string code)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code, ["errors"] = FieldsOf(exception) };
        foreach (var (name, fact) in (exception as RuleBrokenException)?.Facts ?? new Dictionary<string, object?>())
        {
            extensions[name] = fact;
        }

        return extensions;
    }

    // "$.customer.first_name" in a body; of the query the framework names the parameter in its own sentence only.
    private static string? UnreadField(BadHttpRequestException bad) => bad.InnerException switch
    {
        JsonException { Path: ['$', '.', .. { Length: > 0 } path] } => path,
        _ when UnboundParameter().Match(bad.Message) is { Success: true } match => JsonNamingPolicy.SnakeCaseLower.ConvertName(match.Groups[1].Value),
        _ => null,
    };

    [GeneratedRegex("""^Failed to bind parameter ".*?(\w+)" from ".*"\.$""", RegexOptions.Singleline)]
    private static partial Regex UnboundParameter();

    private static Dictionary<string, string[]>? FieldsOf(Exception exception) => exception switch
    {
        ValidationException invalid => invalid.Errors.GroupBy(e => e.PropertyName).ToDictionary(f => f.Key, f => f.Select(e => e.ErrorMessage).Distinct().ToArray()),
        RuleBrokenException { Field: { } field } rule => new() { [field] = [rule.Message] },
        BadHttpRequestException bad when UnreadField(bad) is { } field => new() { [field] = [$"Invalid value for field '{field}'"] },
        _ => null,
    };
}
