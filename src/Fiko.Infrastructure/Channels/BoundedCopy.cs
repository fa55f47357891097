using System.Buffers;

namespace Fiko.Infrastructure.Channels;

/// <summary>Copies what somebody else sends, as long as it is no more than was agreed.</summary>
internal static class BoundedCopy
{
    private const int Piece = 64 * 1024;

    /// <returns>False where there is more than the limit; then the rest is left unread.</returns>
    /// <exception cref="HttpRequestException">It broke off. What the other stream throws is passed on as it is.</exception>
    public static async Task<bool> TryAsync(Stream from, Stream to, long limit, CancellationToken ct)
    {
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (long copied = 0; ;)
            {
                var read = await ReadAsync(from, piece, ct);
                if (read == 0)
                {
                    return true;
                }

                copied += read;
                if (copied > limit)
                {
                    return false;
                }

                await to.WriteAsync(piece.AsMemory(0, read), ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static async Task<int> ReadAsync(Stream from, byte[] piece, CancellationToken ct)
    {
        try
        {
            return await from.ReadAsync(piece, ct);
        }
        catch (IOException broken)
        {
            throw new HttpRequestException("The bytes stopped coming", broken);
        }
    }
}
