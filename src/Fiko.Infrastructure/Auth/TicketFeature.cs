namespace Fiko.Infrastructure.Auth;

/// <summary>The one-time ticket of a URL's query, taken out before anything could log it.</summary>
public sealed record TicketFeature(string Ticket)
{
    // A record prints its members.
    public override string ToString() => nameof(TicketFeature);
}
