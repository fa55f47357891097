using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fiko.Application.Attachments;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.Domain.Shared;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>What an agent's client sent before, by its own id for it (protocol.md, Idempotent send).</summary>
public sealed partial class EarlierMessages(IFikoDb db, IFileLinks links, TimeProvider time)
{
    public static bool IsClientId(string? id) => id is null || ClientIdForm().IsMatch(id);

    /// <summary>Tells requests apart without keeping what they say.</summary>
    public static string Fingerprint(IEnumerable<string?> asked) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(asked)).AsSpan(0, 16));

    /// <summary>It may be accepted and not visible yet: then it comes back without a number, and its chat_message follows.</summary>
    /// <param name="conversationId">The client id is unique within it.</param>
    /// <param name="clientId">Null finds nothing.</param>
    /// <param name="fingerprint">Where it matters: what is asked for now.</param>
    /// <param name="ct">Ends the search.</param>
    /// <exception cref="RuleBrokenException">It was something else that was sent with this id.</exception>
    public async Task<AcceptedMessage?> FindAsync(long conversationId, string? clientId, string? fingerprint, CancellationToken ct)
    {
        if (clientId is null)
        {
            return null;
        }

        var found = await db.Messages.Where(m => m.ConversationId == conversationId && m.ClientId == clientId).ToRows(db).LoadAsync(db, links, ct);
        if (found is not [var earlier])
        {
            return null;
        }

        if (fingerprint is not null && earlier.Fingerprint is { } known && known != fingerprint)
        {
            throw new RuleBrokenException("idempotency_key_reused", "This key was used for something else");
        }

        return new AcceptedMessage(new MessageId(earlier.Key), new ChatMessageFrame(earlier.View, earlier.SendResult, Duplicate: true, time.Now(), Cursor: null));
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}\\z")]
    private static partial Regex ClientIdForm();
}
