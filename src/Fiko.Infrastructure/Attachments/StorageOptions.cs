using System.ComponentModel.DataAnnotations;

namespace Fiko.Infrastructure.Attachments;

/// <summary>Where files are kept (section <c>Files</c>).</summary>
internal sealed class StorageOptions : IValidatableObject
{
    public const string Local = "Local";
    public const string S3 = "S3";

    [AllowedValues(Local, S3)]
    public string Provider { get; set; } = Local;

    public string? Bucket { get; set; }

    public string? Region { get; set; }

    /// <summary>Another server than Amazon's that speaks S3.</summary>
    public string? ServiceUrl { get; set; }

    public string? AccessKey { get; set; }

    public string? SecretKey { get; set; }

    /// <summary>The bucket in the path instead of the host's name, as most other servers want it.</summary>
    public bool ForcePathStyle { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider != S3)
        {
            yield break;
        }

        if (string.IsNullOrWhiteSpace(Bucket))
        {
            yield return Wrong("Files:Bucket must name the bucket when Files:Provider is S3", nameof(Bucket));
        }

        if (string.IsNullOrWhiteSpace(Region) && string.IsNullOrWhiteSpace(ServiceUrl))
        {
            yield return Wrong("Files:Region, or Files:ServiceUrl for another server than Amazon's, must be set when Files:Provider is S3", nameof(Region));
        }

        if (!string.IsNullOrWhiteSpace(ServiceUrl) && !(Uri.TryCreate(ServiceUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            yield return Wrong("Files:ServiceUrl must be an absolute http or https address", nameof(ServiceUrl));
        }

        if (string.IsNullOrEmpty(AccessKey) != string.IsNullOrEmpty(SecretKey))
        {
            yield return Wrong("Files:AccessKey and Files:SecretKey belong together; leave both out to use the machine's own role", nameof(AccessKey));
        }
    }

    private static ValidationResult Wrong(string message, string member) => new(message, [member]);
}
