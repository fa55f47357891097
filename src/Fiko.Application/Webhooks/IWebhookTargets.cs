namespace Fiko.Application.Webhooks;

/// <summary>Knows which addresses may be called from here. Asked when one is registered, and once more about each connection.</summary>
public interface IWebhookTargets
{
    /// <summary>Looks the host up.</summary>
    /// <returns>What is wrong with the address, in words; null where nothing is.</returns>
    Task<string?> ObjectionAsync(Uri url, CancellationToken ct);
}
