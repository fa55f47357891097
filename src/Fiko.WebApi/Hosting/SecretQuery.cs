using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Fiko.WebApi.Hosting;

/// <summary>A query string with its secrets beside it instead of in it.</summary>
internal sealed record SecretQuery(string Redacted, string? Token, string? Ticket, string? Signature, string? VerifyToken)
{
    private const string Mark = "REDACTED";
    private const string VerifyTokenName = "hub.verify_token";

    /// <summary>Null where the query holds no secret, so that it stays as it came, byte for byte.</summary>
    public static SecretQuery? Parse(string? query)
    {
        // The common query is passed by without being taken apart; an encoded one may hide a name, so it never is.
        if (string.IsNullOrEmpty(query) || !MayHoldSecret(query))
        {
            return null;
        }

        string? token = null, ticket = null, signature = null, verifyToken = null;
        var found = false;
        var redacted = new StringBuilder(query.Length);
        foreach (var pair in new QueryStringEnumerable(query))
        {
            redacted.Append(redacted.Length == 0 ? '?' : '&');
            var name = NameOf(pair);
            if (name is not ("token" or "access_token" or "ticket" or "signature" or VerifyTokenName))
            {
                redacted.Append(pair.EncodedName).Append('=').Append(pair.EncodedValue);
                continue;
            }

            found = true;
            redacted.Append(name).Append('=').Append(Mark);
            switch (name)
            {
                case "ticket":
                    ticket ??= ValueOf(pair);
                    break;
                case "signature":
                    signature ??= ValueOf(pair);
                    break;
                case VerifyTokenName:
                    verifyToken ??= ValueOf(pair);
                    break;
                default:
                    token ??= ValueOf(pair);
                    break;
            }
        }

        return found ? new SecretQuery(redacted.ToString(), token, ticket, signature, verifyToken) : null;
    }

    private static bool MayHoldSecret(string query) =>
        query.Contains('%', StringComparison.Ordinal)
        || query.Contains("token", StringComparison.OrdinalIgnoreCase)
        || query.Contains("ticket", StringComparison.OrdinalIgnoreCase)
        || query.Contains("signature", StringComparison.OrdinalIgnoreCase);

    private static string NameOf(QueryStringEnumerable.EncodedNameValuePair pair) =>
        pair.DecodeName().ToString().Trim().ToLowerInvariant();

    private static string? ValueOf(QueryStringEnumerable.EncodedNameValuePair pair) =>
        pair.DecodeValue() is { IsEmpty: false } value ? value.ToString() : null;
}
