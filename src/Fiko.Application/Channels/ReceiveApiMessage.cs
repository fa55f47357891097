using System.ComponentModel.DataAnnotations;
using Fiko.Application.Messaging;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using Fiko.Domain.Customers;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Channels;

/// <summary>A customer's message of an integrator's own channel (rest.md, Channels). The caller has shown the channel's key.</summary>
/// <returns>False where a message with this external id was taken before.</returns>
public sealed record ReceiveApiMessage(long ChannelId, string? ExternalId, ApiCustomer? Customer, string? Text) : ICommand<bool>;

/// <summary>The customer as the integrator knows them.</summary>
public sealed record ApiCustomer([property: Required] string? ExternalId, string? FirstName = null, string? LastName = null, string? Username = null);

internal sealed class ReceiveApiMessageValidator : AbstractValidator<ReceiveApiMessage>
{
    private const int LongestName = 200;

    public ReceiveApiMessageValidator()
    {
        RuleFor(m => m.ExternalId).Must(Fits).AsInvalidField("external_id");
        RuleFor(m => m.Text).NotEmpty().MaximumLength(65_536).AsInvalidField("text");
        RuleFor(m => m.Customer).NotNull().AsInvalidField("customer");
        When(m => m.Customer is not null, () =>
        {
            RuleFor(m => m.Customer!.ExternalId).Must(Fits).AsInvalidField("customer.external_id");
            RuleFor(m => m.Customer!.FirstName).MaximumLength(LongestName).AsInvalidField("customer.first_name");
            RuleFor(m => m.Customer!.LastName).MaximumLength(LongestName).AsInvalidField("customer.last_name");
            RuleFor(m => m.Customer!.Username).MaximumLength(LongestName).AsInvalidField("customer.username");
        });
    }

    private static bool Fits(string? id) => id is { Length: > 0 and <= 200 } && id.Trim().Length == id.Length;
}

internal sealed class ReceiveApiMessageHandler(IFikoDb db, IMediator mediator, TimeProvider time) : IRequestHandler<ReceiveApiMessage, bool>
{
    public async Task<bool> Handle(ReceiveApiMessage receive, CancellationToken ct)
    {
        // The id counts within the channel, whichever customer it comes with. Its row makes that a constraint; the body is
        // not kept twice.
        var erased = InboundUpdate.ErasedKey(receive.ExternalId!);
        if (await db.InboundUpdates.AnyAsync(u => u.ChannelId == receive.ChannelId && (u.Key == receive.ExternalId || u.Key == erased), ct))
        {
            return false;
        }

        var customer = receive.Customer!;
        var update = new InboundUpdate(receive.ChannelId, receive.ExternalId!, lane: "", body: "", time.Now());
        update.Settle(InboundStatus.Processed, reason: null, time.Now());
        db.InboundUpdates.Add(update);
        var profile = new CustomerProfile(customer.FirstName ?? "", customer.LastName, customer.Username);
        return await mediator.Send(
            new ReceiveMessage(receive.ChannelId, new CustomerWrote(customer.ExternalId!, profile, receive.ExternalId!, "text", receive.Text!)), ct);
    }
}
