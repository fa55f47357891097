namespace Fiko.Application.Auth;

/// <summary>What a password is against a kept hash.</summary>
public enum PasswordVerdict
{
    Wrong,
    Right,

    /// <summary>Right, but the hash was made with weaker settings than today's.</summary>
    RightButOld,
}

/// <summary>How passwords are kept. Slow on purpose, so never called inside a command.</summary>
public interface IPasswords
{
    string Hash(string password);

    /// <summary>Without a hash the answer is wrong, and takes as long as with one: who asks can't tell the two apart.</summary>
    PasswordVerdict Verify(string? hash, string password);
}
