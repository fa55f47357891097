namespace Fiko.WebApi.Hosting;

/// <summary>The access token of a URL's query (`token` or `access_token`), taken out before anything could log it.</summary>
internal sealed record SocketTokenFeature(string Token);

/// <summary>The one-time ticket of a URL's query, taken out before anything could log it.</summary>
internal sealed record TicketFeature(string Ticket);
