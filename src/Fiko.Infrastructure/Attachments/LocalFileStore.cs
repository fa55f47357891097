using System.Security.Cryptography;
using Fiko.Application.Attachments;
using Fiko.Infrastructure.Persistence;

namespace Fiko.Infrastructure.Attachments;

/// <summary>Keeps files in the data folder.</summary>
internal sealed class LocalFileStore(DataFolder folder) : IFileStore
{
    private readonly string _root = folder.MakePrivate("files").FullName;

    public async Task<string> SaveAsync(Stream from, CancellationToken ct)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        await using var to = new FileStream(Path.Combine(_root, key), FileMode.CreateNew);
        await from.CopyToAsync(to, ct);
        return key;
    }

    public Task<Stream?> OpenAsync(string key, CancellationToken ct)
    {
        var path = Path.Combine(_root, key);
        return Task.FromResult<Stream?>(File.Exists(path) ? File.OpenRead(path) : null);
    }

    public Task DeleteAsync(string key, CancellationToken ct)
    {
        File.Delete(Path.Combine(_root, key));
        return Task.CompletedTask;
    }
}
