using System.Net;
using System.Text;
using Fiko.Application.Shared;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.BadInput;

public sealed class BadBodiesFromInstagram(TalkativeServer server) : IClassFixture<TalkativeServer>
{
    [Fact]
    public async Task Each_authentic_one_is_answered_200_and_kept_and_the_next_customer_gets_through()
    {
        var account = await InstagramAccount.ConnectAsync(server);
        var bodies = new BadInstagramBodies(account.Id).All().ToList();
        Assert.True(bodies.Count >= 400, $"{bodies.Count}");

        var answers = new List<HttpStatusCode>();
        foreach (var body in bodies)
        {
            answers.Add(await account.PostAsync(body.Bytes));
        }

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        var (stored, stray) = (await StoredAsync(account), await StrayAsync());
        Assert.All(bodies.Where(b => IsForUs(b, account)), b => Assert.True(
            stray.Contains(b.Text) || stored.Exists(u => b.Mark is null ? Holds(b.Text, u) : u.Contains(b.Mark, StringComparison.Ordinal)), $"Lost: {b.Text}"));
        await account.PostAsync(Encoding.UTF8.GetBytes(Honest(account, "still here")));
        await Eventually.SeesAsync(() => AskAsync(db => db.Messages.AnyAsync(m => m.ChannelId == account.Channel && m.Content == "still here")), there => there, "the next customer");
        Assert.Empty(server.Log.Errors);
        server.Log.AssertNever("a-text-that-nobody-else-may-read");
    }

    [Fact]
    public async Task None_whose_signature_is_not_its_own_is_stored()
    {
        var account = await InstagramAccount.ConnectAsync(server);
        var body = Encoding.UTF8.GetBytes(Honest(account, "forged"));
        var right = account.Sign(body);
        string?[] wrong =
        [
            null, "", " ", "sha256=", right[..^1], right + "0", right.ToUpperInvariant(), right.Replace("sha256", "sha1", StringComparison.Ordinal), right["sha256=".Length..],
            account.Sign([.. body, (byte)' ']), $"sha256={new string('0', 64)}", new('x', 10_000),
            .. Enumerable.Range("sha256=".Length, 64).Select(at => right[..at] + (right[at] is 'a' ? 'b' : 'a') + right[(at + 1)..]),
        ];

        foreach (var guess in wrong)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await account.PostAsync(body, guess));
        }

        // And the other way round: the right signature over a body of which one bit is another.
        for (var at = 0; at < body.Length; at++)
        {
            byte[] changed = [.. body];
            changed[at] ^= 1;
            Assert.Equal(HttpStatusCode.Unauthorized, await account.PostAsync(changed, right));
        }

        Assert.Empty(await StoredAsync(account));
        Assert.DoesNotContain(await StrayAsync(), text => text.Contains("forged", StringComparison.Ordinal));
    }

    // What was changed so that it names another kind of thing, or nobody, is for nobody here.
    private static bool IsForUs(BadBody body, InstagramAccount account) => body.IsEmpty switch
    {
        false when body.Mark is null => true,
        false => body.Text.Contains($"\"id\":\"{account.Id}\",", StringComparison.Ordinal) && body.Text.Contains("{\"object\":\"instagram\",", StringComparison.Ordinal)
            && body.Text.Contains(body.Mark!, StringComparison.Ordinal),
        _ => false,
    };

    // An item is stored in an envelope of its own, where it stands letter by letter but for half characters. The same in another list is the same.
    private static bool Holds(string body, string stored) =>
        body.IndexOf(":[", body.IndexOf("\"time\"", StringComparison.Ordinal), StringComparison.Ordinal) is > 0 and var list
        && stored.Contains(body[list..^3].Replace("\\ud800", "\\uFFFD", StringComparison.Ordinal), StringComparison.Ordinal);

    private static string Honest(InstagramAccount account, string text) =>
        $$$"""{"object":"instagram","entry":[{"id":"{{{account.Id}}}","time":1,"messaging":[{"sender":{"id":"78"},"recipient":{"id":"{{{account.Id}}}"},"timestamp":1760000000000,"message":{"mid":"honest","text":"{{{text}}}"}}]}]}""";

    private Task<List<string>> StoredAsync(InstagramAccount account) =>
        AskAsync(db => db.InboundUpdates.Where(u => u.ChannelId == account.Channel).Select(u => u.Body).ToListAsync());

    private async Task<HashSet<string>> StrayAsync() => [.. await AskAsync(db => db.StrayUpdates.Select(s => s.Body).ToListAsync())];

    private async Task<T> AskAsync<T>(Func<IFikoDb, Task<T>> question)
    {
        await using var scope = server.Provider.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<IFikoDb>());
    }
}
