namespace Fiko.Application.Channels;

/// <summary>Seals secrets for keeping: readable only with the server's keys.</summary>
public interface ISecrets
{
    string Seal(string secret);

    /// <returns>Null where the keys are not the ones it was sealed with.</returns>
    string? Open(string sealedSecret);
}
