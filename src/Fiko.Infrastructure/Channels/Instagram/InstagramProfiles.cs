using System.Text.Json;
using Fiko.Application.Channels;
using Fiko.Domain.Customers;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>Who a customer is, as far as they let a business know (…/messaging-api/user-profile).</summary>
internal sealed class InstagramProfiles(InstagramGraph graph, IOptions<InstagramOptions> options, TimeProvider time)
{
    private const int LongestName = 200;
    private const int LongestAddress = 4000;
    private const int LongestVersion = 400;

    public async Task<ProfileOutcome> FetchAsync(ChannelConnection channel, string address, CancellationToken ct)
    {
        if (!InstagramGraph.IsToken(channel.Token))
        {
            return new ProfileOutcome.Withheld("The access token is not valid");
        }

        using var limit = new CancellationTokenSource(options.Value.SetupTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            var answer = await graph.GetAsync($"{Uri.EscapeDataString(address)}?fields=name,username,profile_pic", channel.Token, either.Token);
            return answer.IsOk ? Known(answer.Json!.Value) : Refused(answer, channel.Token);
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            return new ProfileOutcome.TryAgain("Instagram could not be reached");
        }
    }

    // A customer may be without a name there, but never without a user name.
    private static ProfileOutcome.Known Known(JsonElement profile)
    {
        var (name, username) = (PlainText.Clean(profile.Text("name"), LongestName), PlainText.Clean(profile.Text("username"), LongestName));
        var picture = profile.Text("profile_pic") is { Length: <= LongestAddress } url && Uri.TryCreate(url, UriKind.Absolute, out var address) ? address : null;
        return new ProfileOutcome.Known(
            new CustomerProfile(name ?? username ?? "", null, username),
            picture?.OriginalString,

            // What comes after the path is a signature, another one each day.
            picture is null ? null : PlainText.Cut(picture.AbsolutePath, LongestVersion));
    }

    // 230: they never agreed to it; 9010: nobody by that number. A broken token is no trait of the customer's: it may be whole again.
    private static ProfileOutcome Refused(GraphAnswer answer, string token) => InstagramFailures.Outcome(answer, token) switch
    {
        SendOutcome.NotTaken busy => new ProfileOutcome.TryAgain(busy.Error, busy.RetryAfter),
        SendOutcome.Unknown => new ProfileOutcome.TryAgain("Instagram's answer could not be read"),
        SendOutcome.Refused refused when answer.Error is { Code: 190 or 102 } => new ProfileOutcome.TryAgain(refused.Error),
        SendOutcome.Refused => new ProfileOutcome.Withheld(answer.Error is { } error ? InstagramFailures.Reason(error, token) : "Instagram does not say"),
        _ => new ProfileOutcome.Withheld("Instagram does not say"),
    };
}
