using AutoMapper;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Channels;

/// <summary>Opens a channel of an integrator's own (rest.md, Channels).</summary>
public sealed record CreateApiChannel(Caller By, string? Name) : ICommand<NewApiChannel>;

/// <param name="Channel">As it is listed from now on.</param>
/// <param name="Key">Shown this once: only its hash is kept.</param>
public sealed record NewApiChannel(ChannelView Channel, string Key)
{
    public override string ToString() => $"channel {Channel.Id}";
}

internal sealed class CreateApiChannelValidator : AbstractValidator<CreateApiChannel>
{
    public CreateApiChannelValidator() =>
        RuleFor(c => c.Name).Must(name => !string.IsNullOrWhiteSpace(name) && name.Trim().Length <= 100).AsInvalidField("name");
}

internal sealed class CreateApiChannelHandler(IFikoDb db, IMapper maps, IOptions<PublicUrlOptions> address, TimeProvider time)
    : IRequestHandler<CreateApiChannel, NewApiChannel>
{
    public async Task<NewApiChannel> Handle(CreateApiChannel create, CancellationToken ct)
    {
        create.By.MustAdminister();
        var key = $"fk_{NewSecret.Create()}";
        var channel = new ChannelAccount(create.By.WorkspaceId, ChannelName.Api, create.Name!.Trim(), null, null, time.Now());
        channel.SetKeyHash(Convert.ToHexStringLower(NewSecret.Hash(key)));
        db.Channels.Add(channel);
        await db.SaveChangesAsync(ct);
        return new NewApiChannel(maps.View(channel, address.Value), key);
    }
}
