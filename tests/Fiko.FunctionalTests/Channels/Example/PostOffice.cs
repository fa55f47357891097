using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fiko.FunctionalTests.Channels.Example;

/// <summary>The platform called Postbox: a real server on a free port, with the failures of one.</summary>
internal sealed class PostOffice : IAsyncDisposable
{
    private static readonly Lock Gate = new();

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<CustomersMessage>> _boxes = [];
    private int _letters;
    private (Fault Fault, int Left) _next;

    public PostOffice()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/boxes/{box}/letters", TakeAsync);
    }

    public Uri Address => new(_app.Urls.First());

    public Task OpenAsync() => _app.StartAsync();

    public void FailNext(Fault fault, int count)
    {
        lock (Gate)
        {
            _next = (fault, count);
        }
    }

    /// <summary>A customer puts a letter in their box.</summary>
    /// <returns>Its number.</returns>
    public string Keep(string box, string text, bool fromBusiness)
    {
        var letter = Interlocked.Increment(ref _letters).ToString(CultureInfo.InvariantCulture);
        _boxes.GetOrAdd(box, _ => []).Enqueue(new CustomersMessage(letter, fromBusiness, text, TimeProvider.System.GetUtcNow()));
        return letter;
    }

    public CustomersView Look(string box) => new([.. _boxes.GetValueOrDefault(box) ?? []]);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(string box, JsonElement letter, HttpContext http)
    {
        var text = letter.GetProperty("text").GetString()!;
        var fault = Fail();
        if (fault is Fault.RateLimit)
        {
            http.Response.Headers.RetryAfter = "2";
        }

        var refusal = fault switch
        {
            Fault.RateLimit => Error(429, "Too many letters"),
            Fault.ServerError => Error(500, "The sorting machine is broken"),
            Fault.Blocked => Error(403, "The box is locked"),
            Fault.InvalidToken => Error(401, "The key does not fit"),
            _ when text.Length > 500 => Error(400, "The letter is too long"),
            _ => null,
        };
        if (refusal is not null)
        {
            return refusal;
        }

        if (fault is Fault.CutBefore)
        {
            http.Abort();
            return Results.Empty;
        }

        var number = Keep(box, text, fromBusiness: true);
        switch (fault)
        {
            case Fault.CutAfter:
                http.Abort();
                return Results.Empty;
            case Fault.TimeOut:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return Results.Empty;
            default:
                return Results.Json(new { letter = number }, statusCode: 201);
        }
    }

    private Fault? Fail()
    {
        lock (Gate)
        {
            if (_next.Left == 0)
            {
                return null;
            }

            _next.Left--;
            return _next.Fault;
        }
    }

    private static IResult Error(int status, string error) => Results.Json(new { error }, statusCode: status);
}
