using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Fiko.WebApi.Sandbox.Telegram.Media;

/// <summary>What is told of a file; its bytes may be forgotten before it.</summary>
/// <param name="Kind">A name of <see cref="MediaKind.All"/>.</param>
/// <param name="Id">`file_id`.</param>
/// <param name="UniqueId">`file_unique_id`.</param>
/// <param name="Path">`file_path`.</param>
/// <param name="Key">Opens it to the customers' side without a token; not to be guessed.</param>
/// <param name="Name">`file_name`, where the sender told one.</param>
/// <param name="MediaType">`mime_type`.</param>
/// <param name="Size">As told: may be more than there is, so that limits can be met without a large file.</param>
internal sealed record SandboxFile(string Kind, string Id, string UniqueId, string Path, string Key, string? Name, string MediaType, long Size);

internal sealed record KeptFile(SandboxFile File, byte[] Bytes);

/// <summary>The files of a bot, both directions: the newest that fit the limit.</summary>
internal sealed class SandboxFiles(long limit)
{
    // What a file costs besides its bytes, so that empty ones end too.
    private const int Overhead = 512;

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly Lock _gate = new();
    private readonly Queue<KeptFile> _byAge = [];
    private readonly Dictionary<string, KeptFile> _byName = [];
    private long _held;
    private int _last;

    /// <param name="kind">What it is sent as.</param>
    /// <param name="bytes">What can be downloaded.</param>
    /// <param name="name">As the sender calls it.</param>
    /// <param name="mediaType">As the sender says.</param>
    /// <param name="size">Pretended.</param>
    public SandboxFile Keep(MediaKind kind, byte[] bytes, string? name = null, string? mediaType = null, long? size = null)
    {
        var type = mediaType is { Length: > 0 } and not "application/octet-stream" ? mediaType
            : name is not null && Types.TryGetContentType(name, out var known) ? known
            : name is null ? kind.MediaType : "application/octet-stream";
        var extension = Path.GetExtension(name) is { Length: > 1 and < 10 } given ? given : kind.Extension;
        lock (_gate)
        {
            var file = new SandboxFile(
                kind.Name, Unguessable(), Unguessable()[..16], $"{kind.Folder}/file_{_last++}{extension}", Unguessable(), name, type, size ?? bytes.Length);
            var kept = new KeptFile(file, bytes);
            _byAge.Enqueue(kept);
            _byName[file.Id] = _byName[file.Path] = _byName[file.Key] = kept;
            _held += bytes.Length + Overhead;
            while (_held > limit && _byAge.Count > 1)
            {
                Forget(_byAge.Dequeue());
            }

            return file;
        }
    }

    /// <summary>Null where there never was such a file, and where it was forgotten.</summary>
    public KeptFile? Find(string? id) => Get(id) is { } kept && kept.File.Id == id ? kept : null;

    public KeptFile? AtPath(string path) => Get(path) is { } kept && kept.File.Path == path ? kept : null;

    public KeptFile? AtKey(string key) => Get(key) is { } kept && kept.File.Key == key ? kept : null;

    private static string Unguessable() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private KeptFile? Get(string? name)
    {
        lock (_gate)
        {
            return name is null ? null : _byName.GetValueOrDefault(name);
        }
    }

    private void Forget(KeptFile kept)
    {
        _byName.Remove(kept.File.Id);
        _byName.Remove(kept.File.Path);
        _byName.Remove(kept.File.Key);
        _held -= kept.Bytes.Length + Overhead;
    }
}
