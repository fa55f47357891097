using Fiko.Application.Presence;

namespace Fiko.Infrastructure.Backplane;

/// <summary>Tells other instances' boards by words.</summary>
internal sealed class Peers(IBackplane backplane) : IPeers
{
    public void Tell(PresenceSign sign)
    {
        if (backplane.HasPeers)
        {
            backplane.Say(new Signed(sign));
        }
    }
}
