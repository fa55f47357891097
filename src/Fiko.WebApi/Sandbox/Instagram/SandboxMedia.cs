using System.Security.Cryptography;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>The files behind the webhooks' addresses. Whoever knows an address gets the file, as with Meta's CDN; the oldest give way.</summary>
internal sealed class SandboxMedia
{
    private const string Folder = "/sandbox/instagram/cdn/";
    private const long Room = 256L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, MediaFile> _files = [];
    private readonly Queue<string> _byAge = [];
    private long _bytes;

    /// <returns>The path of the file's address.</returns>
    public string Keep(MediaFile file)
    {
        var key = RandomNumberGenerator.GetHexString(40, lowercase: true);
        lock (_gate)
        {
            _files[key] = file;
            _byAge.Enqueue(key);
            for (_bytes += file.Content.Length; _bytes > Room && _files.Count > 1;)
            {
                _files.Remove(_byAge.Dequeue(), out var gone);
                _bytes -= gone!.Content.Length;
            }
        }

        return Folder + key;
    }

    public MediaFile? Find(string key)
    {
        lock (_gate)
        {
            return _files.GetValueOrDefault(key);
        }
    }
}

internal sealed record MediaFile(byte[] Content, string Type, string Name);
