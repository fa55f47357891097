using Fiko.Application.Attachments;
using Fiko.Infrastructure.Attachments;
using Fiko.Infrastructure.Persistence;
using Fiko.IntegrationTests.Hosting;
using Microsoft.Extensions.Options;

namespace Fiko.IntegrationTests.Attachments;

/// <summary>The client speaks to a stand-in for S3 on loopback.</summary>
public sealed class KeepingFilesInABucket : FileStoreContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fiko-bucket-");
    private readonly BucketServer _server = new();

    [Fact]
    public async Task Reading_a_part_asks_for_no_more_than_from_there()
    {
        var store = await MakeAsync();
        var key = FileKey.New();
        await store.SaveAsync(key, new MemoryStream(new byte[100_000]), TestContext.Current.CancellationToken);

        await using var stream = (await store.OpenAsync(key, TestContext.Current.CancellationToken))!;
        stream.Seek(90_000, SeekOrigin.Begin);
        await stream.ReadExactlyAsync(new byte[100], TestContext.Current.CancellationToken);

        Assert.Equal(["bytes=90000-99999"], _server.Ranges);
    }

    [Fact]
    public async Task Every_call_is_signed_with_the_key()
    {
        var store = await MakeAsync();
        await store.SaveAsync(FileKey.New(), new MemoryStream([1]), TestContext.Current.CancellationToken);

        Assert.All(_server.Authorizations, a => Assert.StartsWith("AWS4-HMAC-SHA256 Credential=test-key/", a, StringComparison.Ordinal));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected override async Task<IFileStore> MakeAsync()
    {
        var address = await _server.StartAsync();
        return Buckets.Open(address, "test-key", "test-secret", _folder);
    }
}

/// <summary>The store as settings would make it.</summary>
internal static class Buckets
{
    public const string Name = "fiko";

    public static S3FileStore Open(Uri address, string key, string secret, DirectoryInfo folder) => new(
        Options.Create(new StorageOptions
        {
            Provider = StorageOptions.S3,
            Bucket = Name,
            ServiceUrl = address.ToString(),
            AccessKey = key,
            SecretKey = secret,
            ForcePathStyle = true,
        }),
        new Downloads(new DataFolder(folder.FullName, "Data Source=fiko.db", DatabaseOptions.Sqlite), TimeProvider.System));
}
