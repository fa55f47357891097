using System.Net;
using System.Text;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Instagram;

/// <summary>A server with the secret that the samples are signed with.</summary>
public sealed class SampleServer : FikoServer
{
    public SampleServer() => Settings["Instagram:AppSecret"] = InstagramSamples.AppSecret;
}

public sealed class PostingEverySample(SampleServer server) : IClassFixture<SampleServer>
{
    [Fact]
    public async Task Each_is_a_readable_message_or_is_kept_with_the_reason_why_not()
    {
        var account = await InstagramAccount.ConnectAsync(server, InstagramSamples.Account);
        var expected = InstagramSamples.Items.Select(i => i.Content).OfType<string>().Concat(InstagramSamples.InEnvelopes).ToArray();

        // By themselves, and then all once more in one call: that changes nothing.
        string[] bodies =
        [
            .. InstagramSamples.Items.Select(i => InstagramSamples.Envelope(i.Item)), .. InstagramSamples.Envelopes, InstagramSamples.Envelope(InstagramSamples.Items.Select(i => i.Item)),
        ];
        foreach (var body in bodies)
        {
            Assert.True(await account.PostAsync(Encoding.UTF8.GetBytes(body)) is HttpStatusCode.OK, body);
        }

        var updates = await Eventually.SeesAsync(
            () => AskAsync(db => db.InboundUpdates.Where(u => u.ChannelId == account.Channel).ToListAsync()),
            all => all.Count > InstagramSamples.Items.Count && all.TrueForAll(u => u.Status is not InboundStatus.Pending),
            "settled updates");
        Assert.All(updates, u => Assert.True(u.Status is InboundStatus.Processed || !string.IsNullOrWhiteSpace(u.Reason), $"{u.Status} {u.Reason}: {u.Body}"));
        Assert.DoesNotContain(updates, u => u.Status is InboundStatus.Failed);

        // The film was taken back.
        var messages = await AskAsync(db => db.Messages.Where(m => m.ChannelId == account.Channel).OrderBy(m => m.Seq).Select(m => new { m.Content, m.DeletedAt }).ToListAsync());
        Assert.Equal(
            expected.Select(e => e == "[video]" ? "" : e),
            messages.Select(m => m.DeletedAt is null ? m.Content : ""));
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    public async Task A_body_is_believed_with_its_own_signature_and_with_no_other()
    {
        var ((first, itsOwn), (second, another)) = (InstagramSamples.Signed[0], InstagramSamples.Signed[1]);

        Assert.Equal(HttpStatusCode.OK, await PostAsync(first, itsOwn));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(second, another));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(first, another));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(second.Replace("\\u0633", "س", StringComparison.Ordinal), another));
    }

    private async Task<HttpStatusCode> PostAsync(string body, string signature)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        return (await server.Http.CallAsync(HttpMethod.Post, "/webhooks/instagram", content, header: (InstagramAccount.SignatureHeader, signature))).Status;
    }

    private async Task<T> AskAsync<T>(Func<IFikoDb, Task<T>> question)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<IFikoDb>());
    }
}
