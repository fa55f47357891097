using System.ComponentModel.DataAnnotations;
using StackExchange.Redis;

namespace Fiko.Infrastructure.Backplane;

/// <summary>How instances hear of each other (section <c>Redis</c>).</summary>
public sealed class RedisOptions : IValidatableObject
{
    public const string Section = "Redis";

    /// <summary>As StackExchange.Redis reads it (<c>host:6379,password=…</c>). Empty: this instance is the only one.</summary>
    public string ConnectionString { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        ConfigurationOptions? read = null;
        try
        {
            read = ConfigurationOptions.Parse(ConnectionString);
        }
        catch (ArgumentException)
        {
            // Said below, without the text: it may hold a password.
        }

        if (ConnectionString.Length > 0 && read is not { EndPoints.Count: > 0 })
        {
            yield return new ValidationResult("Redis:ConnectionString can't be read; write it as host:6379, or leave it empty on a single instance", [nameof(ConnectionString)]);
        }
    }
}
