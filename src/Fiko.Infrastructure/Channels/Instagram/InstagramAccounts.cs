using System.Globalization;
using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Domain.Shared;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>Who a token is, its webhooks and its renewal, with refusals in Instagram's words (…/instagram-api-with-instagram-login/get-started).</summary>
internal sealed class InstagramAccounts(InstagramGraph graph, IOptions<InstagramOptions> options, TimeProvider time) : IInstagramAccounts
{
    private const int LongestName = 200;
    private const int InvalidParameter = 100;
    private const long LongestLife = 10L * 365 * 24 * 60 * 60;

    private const string Fields = "messages,messaging_postbacks,messaging_seen,message_reactions";

    // Meta's pages do not agree on the name of the field for edits; a name that it does not know is refused as a whole.
    private static readonly string[] Wanted = [$"{Fields},message_edit", $"{Fields},message_edits", Fields];
    private static readonly string[] WantedOfPages = ["messages,messaging_postbacks,message_reactions"];

    public bool RenewsTokens => !graph.IsFacebook;

    public async Task<InstagramAccount> CheckAsync(string token, CancellationToken ct)
    {
        var fields = graph.IsFacebook ? "instagram_business_account{id,username,name}" : "user_id,username,name";
        var answer = await AskAsync(token, limited => graph.GetAsync($"me?fields={Uri.EscapeDataString(fields)}", token, limited), ct);
        var me = (graph.IsFacebook ? answer.Object("instagram_business_account") : First(answer)) ?? throw Refused("No Instagram account is linked to this page");

        // Not `id`: that is another number, which the app has for the account and no webhook names.
        var id = InstagramItem.Id(me, graph.IsFacebook ? "id" : "user_id") ?? throw Refused("Instagram did not say which account this is");
        var username = PlainText.Clean(me.Text("username"), LongestName);
        return id.Length <= 64
            ? new InstagramAccount(id, PlainText.Clean(me.Text("name"), LongestName) ?? username ?? id, username)
            : throw Refused("Instagram did not say which account this is");
    }

    public async Task SubscribeAsync(string token, string accountId, CancellationToken ct)
    {
        var wanted = graph.IsFacebook ? WantedOfPages : Wanted;
        for (var attempt = 0; ; attempt++)
        {
            var path = $"{PathOf(accountId)}?subscribed_fields={Uri.EscapeDataString(wanted[attempt])}";
            var answer = await CallAsync(token, limited => graph.PostAsync(path, token, body: null, limited), ct);
            if (answer.IsOk)
            {
                return;
            }

            if (answer.Error is not { Code: InvalidParameter } || attempt == wanted.Length - 1)
            {
                throw Refused(Reason(answer, token));
            }
        }
    }

    public Task UnsubscribeAsync(string token, string accountId, CancellationToken ct) =>
        AskAsync(token, limited => graph.DeleteAsync(PathOf(accountId), token, limited), ct);

    public async Task<RenewedToken> RenewAsync(string token, CancellationToken ct)
    {
        var answer = await AskAsync(token, limited => graph.RenewAsync(token, limited), ct);
        var renewed = answer.Text("access_token");
        var life = long.TryParse(answer.Integer("expires_in") ?? answer.Text("expires_in"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and <= LongestLife ? seconds : (long?)null;
        return InstagramGraph.IsToken(renewed)
            ? new RenewedToken(renewed!, life is { } left ? time.GetUtcNow() + TimeSpan.FromSeconds(left) : null)
            : throw Refused("Instagram answered without a token");
    }

    private string PathOf(string accountId) => $"{(graph.IsFacebook ? "me" : Uri.EscapeDataString(accountId))}/subscribed_apps";

    // Meta's sample has it in a list, its server has not.
    private static JsonElement? First(JsonElement answer) => answer.Array("data") is { } list ? list.EnumerateArray().Select(e => (JsonElement?)e).FirstOrDefault() : answer;

    private async Task<JsonElement> AskAsync(string token, Func<CancellationToken, Task<GraphAnswer>> ask, CancellationToken ct)
    {
        var answer = await CallAsync(token, ask, ct);
        return answer.IsOk ? answer.Json!.Value : throw Refused(Reason(answer, token));
    }

    private async Task<GraphAnswer> CallAsync(string token, Func<CancellationToken, Task<GraphAnswer>> ask, CancellationToken ct)
    {
        if (!InstagramGraph.IsToken(token))
        {
            throw Refused("This is not an access token");
        }

        using var limit = new CancellationTokenSource(options.Value.SetupTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await ask(either.Token);
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            // Not passed on as it is: a failure's text may name the address.
            throw Refused("Instagram could not be reached");
        }
    }

    private static string Reason(GraphAnswer answer, string token) =>
        answer.Error is { } error ? InstagramFailures.Reason(error, token) : $"Instagram could not be understood (status {answer.Status})";

    private static RuleBrokenException Refused(string reason) => new("channel_refused", reason, "access_token");
}
