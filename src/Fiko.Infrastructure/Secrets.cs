using System.Security.Cryptography;
using Fiko.Application.Channels;
using Microsoft.AspNetCore.DataProtection;

namespace Fiko.Infrastructure;

/// <summary>Seals with ASP.NET Core Data Protection, whose keys stand apart from the database.</summary>
internal sealed class Secrets(IDataProtectionProvider protection) : ISecrets
{
    private readonly IDataProtector _protector = protection.CreateProtector("Fiko.Channels.v1");

    public string Seal(string secret) => _protector.Protect(secret);

    public string? Open(string sealedSecret)
    {
        try
        {
            return _protector.Unprotect(sealedSecret);
        }
        catch (CryptographicException)
        {
            // Other keys, or a damaged row. Whoever asked says that the channel is not connected here.
            return null;
        }
    }
}
