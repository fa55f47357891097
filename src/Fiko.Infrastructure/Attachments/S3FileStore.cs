using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Fiko.Application.Attachments;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Attachments;

/// <summary>Keeps files in a bucket of Amazon S3, or of a server that speaks the same.</summary>
internal sealed class S3FileStore(IOptions<StorageOptions> options, Downloads drafts) : IFileStore, IDisposable
{
    private readonly AmazonS3Client _client = Connect(options.Value);
    private readonly string _bucket = options.Value.Bucket ?? "";

    public async Task SaveAsync(string key, Stream from, CancellationToken ct)
    {
        if (!FileKey.IsKey(key))
        {
            throw new ArgumentException("No key of a file", nameof(key));
        }

        // S3 wants to know the length before the first byte, and a call that broke off can only be repeated from the beginning.
        await using var draft = drafts.Open();
        await from.CopyToAsync(draft, ct);
        draft.Position = 0;
        await _client.PutObjectAsync(
            new PutObjectRequest { BucketName = _bucket, Key = key, InputStream = draft, AutoCloseStream = false, UseChunkEncoding = false }, ct);
    }

    public async Task<Stream?> OpenAsync(string key, CancellationToken ct)
    {
        if (!FileKey.IsKey(key))
        {
            return null;
        }

        try
        {
            var facts = await _client.GetObjectMetadataAsync(_bucket, key, ct);
            return new S3ReadStream(_client, _bucket, key, facts.ContentLength);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task DeleteAsync(string key, CancellationToken ct)
    {
        if (FileKey.IsKey(key))
        {
            await _client.DeleteObjectAsync(_bucket, key, ct);
        }
    }

    public void Dispose() => _client.Dispose();

    private static AmazonS3Client Connect(StorageOptions options)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.ForcePathStyle,

            // Checksums beyond the signature are Amazon's own; other servers refuse them.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (string.IsNullOrWhiteSpace(options.ServiceUrl))
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }
        else
        {
            config.ServiceURL = options.ServiceUrl;
            config.AuthenticationRegion = string.IsNullOrWhiteSpace(options.Region) ? "us-east-1" : options.Region;
        }

        return string.IsNullOrEmpty(options.AccessKey)
            ? new AmazonS3Client(config)
            : new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }
}
