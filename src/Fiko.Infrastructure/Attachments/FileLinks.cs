using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Fiko.Application.Attachments;
using Fiko.Application.Channels;
using Fiko.Domain.Conversations;
using Fiko.Infrastructure.Persistence;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Attachments;

/// <summary>
/// Signs links with a key of the server's own. A signature is the minute it ends in and a code over that and the file; no row is
/// read and none is written for it, because a list may hold hundreds.
/// </summary>
internal sealed class FileLinks(DataFolder folder, IOptions<PublicUrlOptions> address, TimeProvider time) : IFileLinks
{
    private const string KeyName = "file-links";
    private const int CodeLength = 16;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly byte[] _key = Convert.FromBase64String(KeyFile.ReadOrMake(folder.MakePrivate("keys").FullName, KeyName));

    public string PathOf(long attachmentId) => LinkTo(attachmentId).Url;

    public FileLink LinkTo(long attachmentId)
    {
        // Rounded up, so that the link stays the same for a minute and a browser shows what it has already.
        var ends = (uint)(((time.GetUtcNow() + Lifetime).ToUnixTimeSeconds() / 60) + 1);
        Span<byte> signature = stackalloc byte[sizeof(uint) + CodeLength];
        Write(attachmentId, ends, signature);
        return new FileLink(
            string.Create(CultureInfo.InvariantCulture, $"/api/v1/attachments/{new AttachmentId(attachmentId)}?signature={Base64Url.EncodeToString(signature)}"),
            DateTimeOffset.FromUnixTimeSeconds(ends * 60L));
    }

    public Uri PublicOf(long attachmentId) => new(address.Value.Url.TrimEnd('/') + PathOf(attachmentId));

    public bool Opens(long attachmentId, string? signature)
    {
        Span<byte> presented = stackalloc byte[sizeof(uint) + CodeLength];
        if (signature is null
            || signature.Length != Base64Url.GetEncodedLength(presented.Length)
            || Base64Url.DecodeFromChars(signature, presented, out _, out var length) is not OperationStatus.Done
            || length != presented.Length)
        {
            return false;
        }

        var ends = BinaryPrimitives.ReadUInt32BigEndian(presented);
        Span<byte> expected = stackalloc byte[presented.Length];
        Write(attachmentId, ends, expected);
        return CryptographicOperations.FixedTimeEquals(presented, expected) && time.GetUtcNow().ToUnixTimeSeconds() < ends * 60L;
    }

    private void Write(long attachmentId, uint ends, Span<byte> signature)
    {
        Span<byte> signed = stackalloc byte[sizeof(long) + sizeof(uint)];
        BinaryPrimitives.WriteInt64BigEndian(signed, attachmentId);
        BinaryPrimitives.WriteUInt32BigEndian(signed[sizeof(long)..], ends);
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, signed, code);
        BinaryPrimitives.WriteUInt32BigEndian(signature, ends);
        code[..CodeLength].CopyTo(signature[sizeof(uint)..]);
    }
}
