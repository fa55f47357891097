using System.Net;
using System.Net.Http.Json;
using Fiko.WebApi.Sandbox.Telegram.Media;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace Fiko.UnitTests.Sandbox;

public class FetchingFiles
{
    private readonly WatchedTime _time = new();

    [Fact]
    public async Task A_file_is_the_bots_that_got_it()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.PostAsync("customers/42/voice");
        var voice = (await host.LastMessageAsync()).Voice!.FileId;
        var path = (await host.Bot().GetFile(voice, SandboxHost.Limit)).FilePath!;

        Assert.StartsWith("voice/file_", path, StringComparison.Ordinal);
        Assert.Equal(SampleFiles.Ogg, await host.Http.GetByteArrayAsync($"/file/bot{SandboxHost.Token}/{path}", SandboxHost.Limit));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync($"/file/bot{SandboxHost.OtherToken}/{path}", SandboxHost.Limit)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync($"/file/bot{SandboxHost.Token}/{voice}", SandboxHost.Limit)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync($"/sandbox/telegram/file/{path}", SandboxHost.Limit)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync($"/sandbox/telegram/media/{voice}", SandboxHost.Limit)).StatusCode);
        await Assert.ThrowsAsync<ApiRequestException>(() => host.Bot(SandboxHost.OtherToken).GetFile(voice, SandboxHost.Limit));
    }

    [Fact]
    public async Task The_customers_side_gets_parts_too_and_never_a_page()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        using var form = new MultipartFormDataContent { { new StringContent("<script>alert(1)</script>"), "file", "x.html" } };
        await host.Http.PostAsync("/sandbox/telegram/customers/42/document", form, SandboxHost.Limit);
        using var request = new HttpRequestMessage(HttpMethod.Get, (string)(await host.LookAsync("customers/42/messages"))["items"]![1]!["files"]![0]!["url"]!);
        request.Headers.Range = new(1, 6);

        var answer = await host.Http.SendAsync(request, SandboxHost.Limit);

        Assert.Equal((HttpStatusCode.PartialContent, "script"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(SandboxHost.Limit)));
        Assert.Equal(["sandbox"], answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public async Task The_newest_files_are_kept()
    {
        await using var host = await SandboxHost.WithACustomerAsync(settings: new() { ["Sandbox:FileBytesPerBot"] = "4000" });
        var bot = host.Bot();
        Task<Message> SendAsync() => bot.SendDocument(42, InputFile.FromStream(new MemoryStream(new byte[2000]), "a.bin"), cancellationToken: SandboxHost.Limit);

        var (first, second) = (await SendAsync(), await SendAsync());

        var gone = await Assert.ThrowsAsync<ApiRequestException>(() => bot.GetFile(first.Document!.FileId, SandboxHost.Limit));
        Assert.Equal((400, "Bad Request: wrong file_id or the file is temporarily unavailable"), (gone.ErrorCode, gone.Message));
        Assert.Equal(2000, (await bot.GetFile(second.Document!.FileId, SandboxHost.Limit)).FileSize);
        var url = (string)(await host.LookAsync("customers/42/messages"))["items"]![1]!["files"]![0]!["url"]!;
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync(url, SandboxHost.Limit)).StatusCode);
    }

    [Fact]
    public async Task A_customer_has_a_picture_until_they_take_it_down()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        var bot = host.Bot();

        var first = (await bot.GetUserProfilePhotos(42, cancellationToken: SandboxHost.Limit)).Photos[0][0];
        var again = (await bot.GetChat(42, SandboxHost.Limit)).Photo!;
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "me.jpg" } };
        await host.Http.PutAsync("/sandbox/telegram/customers/42/picture", form, SandboxHost.Limit);
        var changed = (await bot.GetChat(42, SandboxHost.Limit)).Photo!;
        await host.Http.DeleteAsync("/sandbox/telegram/customers/42/picture", SandboxHost.Limit);

        using var bytes = new MemoryStream();
        await bot.GetInfoAndDownloadFile(changed.BigFileId, bytes, SandboxHost.Limit);
        Assert.Equal(first.FileUniqueId, again.BigFileUniqueId);
        Assert.Equal([1, 2, 3], bytes.ToArray());
        Assert.Null((await bot.GetChat(42, SandboxHost.Limit)).Photo);
        Assert.Equal(0, (await bot.GetUserProfilePhotos(42, cancellationToken: SandboxHost.Limit)).TotalCount);
        await Assert.ThrowsAsync<ApiRequestException>(() => bot.GetUserProfilePhotos(43, cancellationToken: SandboxHost.Limit));
    }

    [Fact]
    public async Task A_chat_tells_the_names_of_its_customer()
    {
        await using var host = await SandboxHost.WithACustomerAsync();
        await host.PostAsync("customers/42/messages", new { text = "hi", first_name = "نگار", last_name = "ک", username = "negar" });

        var chat = await host.Bot().GetChat(42, SandboxHost.Limit);

        Assert.Equal((42, "نگار", "ک", "negar"), (chat.Id, chat.FirstName, chat.LastName, chat.Username));
    }

    [Theory]
    [InlineData("not_found", HttpStatusCode.NotFound)]
    [InlineData("server_error", HttpStatusCode.InternalServerError)]
    [InlineData("bad_gateway", HttpStatusCode.BadGateway)]
    public async Task A_download_can_be_refused(string kind, HttpStatusCode status)
    {
        await using var host = await WithAFileAsync();
        await PutFaultAsync(host, new { kind, methods = new[] { "download" } });

        Assert.Equal((status, HttpStatusCode.OK), (await StatusAsync(host), await StatusAsync(host)));
    }

    [Fact]
    public async Task A_download_can_end_in_the_middle()
    {
        await using var host = await WithAFileAsync();
        await PutFaultAsync(host, new { kind = "cut_after", methods = new[] { "download" } });

        var path = await PathAsync(host);

        await Assert.ThrowsAsync<HttpRequestException>(() => host.Http.GetByteArrayAsync(path, SandboxHost.Limit));
    }

    [Fact]
    public async Task A_download_can_stop_in_the_middle_and_go_on()
    {
        await using var host = await WithAFileAsync(_time);
        await PutFaultAsync(host, new { kind = "slow_download", delay_ms = 7000 });

        using var answer = await host.Http.GetAsync(await PathAsync(host), HttpCompletionOption.ResponseHeadersRead, SandboxHost.Limit);
        var rest = answer.Content.ReadAsByteArrayAsync(SandboxHost.Limit);
        await _time.ElapseAsync(TimeSpan.FromSeconds(7));

        Assert.Equal(SampleFiles.Ogg, await rest);
    }

    private static async Task<SandboxHost> WithAFileAsync(TimeProvider? time = null)
    {
        var host = await SandboxHost.WithACustomerAsync(time);
        await host.PostAsync("customers/42/voice");
        return host;
    }

    private static async Task<string> PathAsync(SandboxHost host)
    {
        var file = await host.Bot().GetFile((await host.LastMessageAsync()).Voice!.FileId, SandboxHost.Limit);
        return $"/file/bot{SandboxHost.Token}/{file.FilePath}";
    }

    private static async Task<HttpStatusCode> StatusAsync(SandboxHost host) => (await host.Http.GetAsync(await PathAsync(host), SandboxHost.Limit)).StatusCode;

    private static async Task PutFaultAsync(SandboxHost host, object fault) =>
        (await host.Http.PutAsJsonAsync("/sandbox/telegram/faults", fault, SandboxHost.Limit)).EnsureSuccessStatusCode();
}
