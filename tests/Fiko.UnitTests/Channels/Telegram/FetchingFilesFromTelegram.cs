using System.Text;
using Fiko.Application.Channels;
using Fiko.Infrastructure.Channels.Telegram;

namespace Fiko.UnitTests.Channels.Telegram;

public sealed class FetchingFilesFromTelegram : TelegramLine
{
    private const string TooLarge = "Larger than the 20 MB that a bot may download";
    private const long Limit = 1024 * 1024;

    private readonly MemoryStream _to = new();

    [Fact]
    public async Task Its_place_is_asked_for_and_its_bytes_are_copied()
    {
        AnswerWith(TelegramFake.Raw(200, "image/jpeg", "the bytes"), "photos/file 4.jpg");

        Assert.Equal(new FetchOutcome.Fetched(), await FetchAsync());

        Assert.Equal("the bytes", Encoding.UTF8.GetString(_to.ToArray()));
        Assert.Equal(
            [($"/bot{TelegramFake.Token}/getFile", """{"file_id":"AgAC-big"}"""), ($"/file/bot{TelegramFake.Token}/photos/file%204.jpg", "")],
            Telegram.Requests);
    }

    [Theory]
    [InlineData(400, "Bad Request: file is too big", TooLarge)]
    [InlineData(400, "Bad Request: wrong file_id", "Bad Request: wrong file_id")]
    [InlineData(404, "Not Found", "Not Found")]
    [InlineData(400, "Bad Request: see http://api.example/x", "Telegram refused it (error 400)")]
    public async Task What_telegram_refuses_will_not_be_had(int code, string description, string reason)
    {
        Telegram.Answer = _ => TelegramFake.Error(code, description);

        Assert.Equal(new FetchOutcome.Gone(reason), await FetchAsync());
        Assert.Single(Telegram.Requests);
    }

    [Theory]
    [InlineData(500, "Internal Server Error")]
    [InlineData(401, "Unauthorized")]
    [InlineData(400, "Bad Request: wrong file_id or the file is temporarily unavailable")]
    public async Task What_it_cannot_do_now_it_may_do_later(int code, string description)
    {
        Telegram.Answer = _ => TelegramFake.Error(code, description);

        Assert.Equal(new FetchOutcome.TryAgain(description), await FetchAsync());
    }

    [Fact]
    public async Task Too_many_requests_say_when_to_come_back()
    {
        Telegram.Answer = _ => TelegramFake.Json(
            429, """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}""");

        Assert.Equal(new FetchOutcome.TryAgain("Too Many Requests: retry after 7", TimeSpan.FromSeconds(7)), await FetchAsync());
    }

    [Theory]
    [InlineData(404)]
    [InlineData(400)]
    [InlineData(302)]
    public async Task An_address_that_holds_nothing_is_gone(int status)
    {
        AnswerWith(TelegramFake.Raw(status, "text/html", "no"));

        Assert.Equal(new FetchOutcome.Gone($"Telegram no longer has the file (status {status})"), await FetchAsync());
        Assert.Equal(0, _to.Length);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    public async Task An_address_that_is_busy_is_asked_again(int status)
    {
        AnswerWith($"HTTP/1.1 {status} Busy\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal(new FetchOutcome.TryAgain($"Telegram could not hand the file out (status {status})", TimeSpan.FromSeconds(3)), await FetchAsync());
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    public async Task More_than_was_agreed_is_not_read_to_its_end(string head)
    {
        AnswerWith(head.Contains("chunked", StringComparison.Ordinal) ? $"{head}100001\r\n{new string('x', 0x100001)}\r\n" : head);

        Assert.Equal(new FetchOutcome.Gone("Larger than the 1 MB that are kept"), await FetchAsync());
    }

    [Fact]
    public async Task Just_as_much_as_was_agreed_is_taken()
    {
        AnswerWith(TelegramFake.Raw(200, "image/jpeg", new string('x', (int)Limit)));

        Assert.Equal(new FetchOutcome.Fetched(), await FetchAsync());
        Assert.Equal(Limit, _to.Length);
    }

    [Fact]
    public async Task Bytes_that_stop_coming_are_asked_for_again()
    {
        Telegram.Answer = path => Ask(path, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf of");
        var fetching = FetchAsync();
        await Telegram.NextAsync();
        await Telegram.NextAsync();

        Time.Advance(new TelegramOptions().DownloadTimeout);

        Assert.IsType<FetchOutcome.TryAgain>(await fetching);
    }

    [Fact]
    public async Task So_are_those_of_a_connection_that_breaks()
    {
        Telegram.Answer = path => path.StartsWith("/file/", StringComparison.Ordinal) ? null : Ask(path, "");

        Assert.IsType<FetchOutcome.TryAgain>(await FetchAsync());
    }

    [Theory]
    [InlineData("/var/lib/telegram-bot-api/photos/file_0.jpg")]
    [InlineData("../../secret")]
    [InlineData("photos/..\\\\x")]
    [InlineData("")]
    public async Task A_place_that_is_no_address_is_not_visited(string path)
    {
        AnswerWith(TelegramFake.Ok(), path);

        Assert.IsType<FetchOutcome.Gone>(await FetchAsync());
        Assert.Single(Telegram.Requests);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_not_telegrams_fault()
    {
        AnswerWith(TelegramFake.Raw(200, "image/jpeg", "the bytes"));
        await using var full = new FullDisk();

        await Assert.ThrowsAsync<IOException>(() => FetchAsync(full));
    }

    [Fact]
    public async Task Nothing_that_is_told_holds_the_token()
    {
        var outcomes = new List<FetchOutcome>();
        Telegram.Answer = path => Ask(path, TelegramFake.Raw(404, "text/plain", $"no /file/bot{TelegramFake.Token}"));
        outcomes.Add(await FetchAsync());
        Telegram.Answer = _ => TelegramFake.Error(400, $"Bad Request: /file/bot{TelegramFake.Token}/x");
        outcomes.Add(await FetchAsync());
        Telegram.HangsUp = true;
        outcomes.Add(await FetchAsync());

        Assert.DoesNotContain(outcomes, o => $"{o}".Contains(TelegramFake.Token, StringComparison.Ordinal));
        Assert.DoesNotContain(Telegram.Log.Lines, line => line.Contains(TelegramFake.Token, StringComparison.Ordinal));
    }

    private void AnswerWith(string file, string path = "photos/file_4.jpg") => Telegram.Answer = asked => Ask(asked, file, path);

    private static string Ask(string asked, string file, string path = "photos/file_4.jpg") => asked.EndsWith("/getFile", StringComparison.Ordinal)
        ? TelegramFake.Ok($$"""{"file_id":"AgAC-big","file_unique_id":"u","file_size":9,"file_path":"{{path}}"}""")
        : file;

    private Task<FetchOutcome> FetchAsync(Stream? to = null) => ((ICarriesFiles)Channel).FetchAsync(Bot, "AgAC-big", to ?? _to, Limit, Test);

    private sealed class FullDisk : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("No space left");
    }
}
