using System.ComponentModel.DataAnnotations;

namespace Fiko.WebApi.Sandbox;

/// <summary>Settings of the stand-in for the platforms (section `Sandbox`).</summary>
internal sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>Where false, none of the sandbox's paths exists.</summary>
    public bool Enabled { get; init; }

    /// <summary>The newest messages that are kept of a chat, and the updates that may wait for it.</summary>
    [Range(1, 100_000)]
    public int MessagesPerChat { get; init; } = 1_000;

    /// <summary>The chats that are kept of a bot: those used last.</summary>
    [Range(1, 1_000_000)]
    public int ChatsPerBot { get; init; } = 10_000;

    /// <summary>The newest files that are kept of a bot, both directions together.</summary>
    [Range(1, 1L << 32)]
    public long FileBytesPerBot { get; init; } = 64 * 1024 * 1024;

    /// <summary>Any well-formed token makes a bot, so their number needs an end.</summary>
    [Range(1, 100_000)]
    public int Bots { get; init; } = 1_000;
}
