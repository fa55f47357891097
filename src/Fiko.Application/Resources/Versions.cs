using System.Text.Json.Serialization;
using Fiko.Domain.Shared;

namespace Fiko.Application.Resources;

/// <summary>A single resource that says which version of it is shown: REST's <c>ETag</c> (rest.md, Writes).</summary>
public interface IVersioned
{
    [JsonIgnore]
    int Version { get; }
}

/// <summary>How a write is bound to the version that its writer saw.</summary>
public static class Versions
{
    /// <param name="ifMatch">What the writer saw; null where it does not care.</param>
    /// <param name="actual">What is stored. It must be a concurrency token: then the check still holds at the commit.</param>
    /// <exception cref="RuleBrokenException">Somebody changed it meanwhile: 412.</exception>
    public static void MustMatch(int? ifMatch, int actual)
    {
        if (ifMatch is { } expected && expected != actual)
        {
            throw new RuleBrokenException("precondition_failed", "Somebody else has changed this meanwhile");
        }
    }
}
