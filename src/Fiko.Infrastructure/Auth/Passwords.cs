using Fiko.Application.Auth;
using Fiko.Domain.Agents;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Fiko.Infrastructure.Auth;

internal sealed class Passwords : IPasswords
{
    private readonly PasswordHasher<Agent> _hasher;
    private readonly string _nobodys;

    public Passwords(IOptions<PasswordHasherOptions> options)
    {
        _hasher = new PasswordHasher<Agent>(options);
        _nobodys = Hash(Guid.NewGuid().ToString());
    }

    // The hasher's agent is for subclasses; this one never looks at it.
    public string Hash(string password) => _hasher.HashPassword(null!, password);

    public PasswordVerdict Verify(string? hash, string password)
    {
        var exists = !string.IsNullOrEmpty(hash);
        var result = _hasher.VerifyHashedPassword(null!, exists ? hash! : _nobodys, password);
        return (exists, result) switch
        {
            (true, PasswordVerificationResult.Success) => PasswordVerdict.Right,
            (true, PasswordVerificationResult.SuccessRehashNeeded) => PasswordVerdict.RightButOld,
            _ => PasswordVerdict.Wrong,
        };
    }
}
