using Microsoft.Extensions.Logging;

namespace Fiko.Infrastructure.Attachments;

/// <summary>Everything that files and profiles can say in a log. Ids only: no name, no address.</summary>
internal static partial class AttachmentLog
{
    [LoggerMessage(700, LogLevel.Debug, "Attachment {Attachment} of channel {Channel}, attempt {Attempt}: {Outcome}")]
    public static partial void FileAttempted(this ILogger log, long attachment, long channel, int attempt, string outcome);

    [LoggerMessage(701, LogLevel.Error, "Fetching a file of channel {Channel} failed in an unforeseen way and will be tried again")]
    public static partial void FetchFailed(this ILogger log, Exception unforeseen, long channel);

    [LoggerMessage(702, LogLevel.Error, "Recording attachment {Attachment} failed; it is fetched again when its attempt counts as lost")]
    public static partial void FileLaneFailed(this ILogger log, Exception failed, long attachment);

    [LoggerMessage(703, LogLevel.Error, "Looking for files failed and will be tried again")]
    public static partial void FileLookFailed(this ILogger log, Exception failed);

    [LoggerMessage(704, LogLevel.Error, "Forgetting files failed and will be tried again")]
    public static partial void SweepFailed(this ILogger log, Exception failed);

    [LoggerMessage(705, LogLevel.Debug, "Profile of address {Address} of channel {Channel}, attempt {Attempt}: {Outcome}")]
    public static partial void ProfileAttempted(this ILogger log, long address, long channel, int attempt, string outcome);

    [LoggerMessage(706, LogLevel.Error, "Asking for a profile of channel {Channel} failed in an unforeseen way and will be tried again")]
    public static partial void ProfileFailed(this ILogger log, Exception unforeseen, long channel);

    [LoggerMessage(707, LogLevel.Error, "Recording the profile of address {Address} failed; it is asked for again when its attempt counts as lost")]
    public static partial void ProfileLaneFailed(this ILogger log, Exception failed, long address);

    [LoggerMessage(708, LogLevel.Error, "Looking for profiles failed and will be tried again")]
    public static partial void ProfileLookFailed(this ILogger log, Exception failed);
}
