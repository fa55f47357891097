using System.Globalization;
using System.Net;
using System.Text;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Customers;

public sealed class ExportingCustomers(TalkativeServer server) : IClassFixture<TalkativeServer>
{
    [Fact]
    public async Task A_spreadsheet_reads_Persian_and_runs_nothing()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        var ali = await desk.MeetAsync("ali");
        await desk.PatchAsync(ali, new
        {
            first_name = "=HYPERLINK(\"http://evil\")",
            last_name = "علی, \"the\nsecond\"",
            email = "=a@b",
            phone_number = "+98 912",
            description = "\u200e-1+2",
            tags = new[] { "vip", "تهران" },
            attributes = new { شهر = "تهران" },
        });

        using var answer = await desk.CallAsync(HttpMethod.Get, "/export");

        Assert.Equal("text/csv; charset=utf-8", $"{answer.Content.Headers.ContentType}");
        Assert.Equal("customers.csv", answer.Content.Headers.ContentDisposition?.FileName);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.Equal("id,first_name,last_name,username,source,email,phone_number,description,tags,attributes,blocked,has_unread,created_at,last_activity_at", lines[0]);
        Assert.StartsWith(
            $"{ali.Id},\"'=HYPERLINK(\"\"http://evil\"\")\",\"علی, \"\"the\nsecond\"\"\",,api,\"'=a@b\",\"'+98 912\",\u200e-1+2,\"vip, تهران\",\"{{\"\"شهر\"\":\"\"تهران\"\"}}\",false,true,20",
            lines[1],
            StringComparison.Ordinal);
        Assert.Equal(["", ""], [lines[2], string.Concat(lines[3..])]);
    }

    [Theory]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("-1")]
    public async Task No_cell_begins_like_a_formula(string attribute)
    {
        var desk = await CustomerDesk.OpenAsync(server);
        await desk.MeetAsync("ali");
        await desk.Workspace.WriteAsync("ali", "Hello", firstName: attribute);

        using var answer = await desk.CallAsync(HttpMethod.Get, "/export");

        Assert.Contains($",'{attribute}", (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_who_matches_the_filters()
    {
        var (desk, other) = (await CustomerDesk.OpenAsync(server), await CustomerDesk.OpenAsync(server));
        await desk.MeetAsync("ali");
        var mina = await desk.MeetAsync("mina");
        await other.MeetAsync("stranger");
        await desk.PatchAsync(mina, new { tags = new[] { "vip" } });

        using var all = await desk.CallAsync(HttpMethod.Get, "/export");
        using var vips = await desk.CallAsync(HttpMethod.Get, "/export?tag=vip");

        Assert.Equal(["ali", "mina"], Column(await all.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), 2));
        Assert.Equal(["mina"], Column(await vips.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), 2));
    }

    [Fact]
    public async Task It_goes_on_from_batch_to_batch_and_names_each_once()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        await Crowd.GatherAsync(server, desk.Workspace, 2500);

        using var answer = await desk.CallAsync(HttpMethod.Get, "/export");

        var ids = Column(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), 0);
        Assert.Equal(2500, ids.Distinct().Count());
        Assert.Equal(ids.Order(Comparer<string>.Create((a, b) => long.Parse(a, CultureInfo.InvariantCulture).CompareTo(long.Parse(b, CultureInfo.InvariantCulture)))), ids);
    }

    [Fact]
    public async Task A_wrong_filter_is_refused_before_anything_is_sent()
    {
        var desk = await CustomerDesk.OpenAsync(server);

        var problem = await desk.RefusedAsync(HttpStatusCode.BadRequest, "invalid_field", HttpMethod.Get, "/export?source=fax");

        Assert.Equal("source", problem.At("errors").Names());
    }

    [Fact]
    public async Task Who_goes_away_ends_it()
    {
        var desk = await CustomerDesk.OpenAsync(server);
        await Crowd.GatherAsync(server, desk.Workspace, 5000, description: new string('x', 4000));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/customers/export");
        request.Headers.Authorization = new("Bearer", desk.Owner.Token);

        using (var answer = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            await body.ReadExactlyAsync(new byte[1000], TestContext.Current.CancellationToken);
        }

        // Whoever read on would still be at it: the sockets' buffers are smaller than what is left.
        await Eventually.SeesAsync(
            () => Task.FromResult(server.Log.Lines.Any(l => l.Contains("/customers/export", StringComparison.Ordinal) && l.Contains("Request finished", StringComparison.Ordinal))),
            finished => finished,
            "the request to end");
        Assert.DoesNotContain(server.Log.Lines, l => l.Contains("RequestFailed", StringComparison.Ordinal));
    }

    private static string[] Column(string csv, int index) =>
        [.. csv.Split("\r\n").Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')[index])];
}
