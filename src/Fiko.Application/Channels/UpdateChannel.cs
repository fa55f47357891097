using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using MediatR;

namespace Fiko.Application.Channels;

/// <summary>The stored half of a change.</summary>
internal sealed record UpdateChannel(Caller By, long Id, int? IfMatch, string? Name, string? Status, string? SealedToken)
    : ICommand<ChangedChannel>, IAudited<ChangedChannel>
{
    public AuditNote? Audit(ChangedChannel result) => result.Fields.Count == 0
        ? null
        : new("channel.changed", ChannelNotes.Target(Id), new Dictionary<string, object?> { ["fields"] = result.Fields, ["status"] = Status });
}

/// <param name="Fields">The wire names of what is another than before.</param>
/// <param name="WasSwitchedOff">The platform is to bring nothing more.</param>
/// <param name="MustReconnect">The platform is to be asked whether it works.</param>
internal sealed record ChangedChannel(IReadOnlyList<string> Fields, bool WasSwitchedOff, bool MustReconnect);

internal sealed class UpdateChannelHandler(IFikoDb db, TimeProvider time) : IRequestHandler<UpdateChannel, ChangedChannel>
{
    public async Task<ChangedChannel> Handle(UpdateChannel update, CancellationToken ct)
    {
        var channel = await db.GetChannelToChangeAsync(update.Id, update.IfMatch, update.By, ct);
        var fields = new List<string>();
        if (update.Name is { } name && name != channel.Name)
        {
            channel.NameByHand(name);
            fields.Add("name");
        }

        if (update.SealedToken is { } token)
        {
            channel.GiveToken(token, time.Now());
            fields.Add(channel.Source == ChannelName.Telegram ? "bot_token" : "access_token");
        }

        var (wasOff, off) = (channel.Status is ChannelStatus.Disabled, update.Status == "disabled");
        if (update.Status is not null && off != wasOff)
        {
            Switch(channel, off);
            fields.Add("status");
        }

        await db.SaveChangesAsync(ct);

        // One in trouble that is "switched on" is asked about once more: that is what its administrator wants to know.
        return new ChangedChannel(fields, off && !wasOff, channel.Status is not ChannelStatus.Disabled && (update.SealedToken ?? update.Status) is not null);
    }

    private static void Switch(ChannelAccount channel, bool off)
    {
        if (off)
        {
            channel.Disable();
        }
        else
        {
            channel.Enable();
        }
    }
}
