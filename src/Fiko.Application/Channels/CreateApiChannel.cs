using AutoMapper;
using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Channels;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Options;

namespace Fiko.Application.Channels;

/// <summary>Opens a channel of an integrator's own (rest.md, Channels). Its key is in the answer, this once: only a hash is kept.</summary>
public sealed record CreateApiChannel(Caller By, string? Name) : ICommand<ChannelView>, IAudited<ChannelView>
{
    public AuditNote? Audit(ChannelView result) => ChannelNotes.Connected(result.Id, ChannelName.Api);
}

internal sealed class CreateApiChannelValidator : AbstractValidator<CreateApiChannel>
{
    public CreateApiChannelValidator() =>
        RuleFor(c => c.Name).Must(name => !string.IsNullOrWhiteSpace(name) && name.Trim().Length <= 100).AsInvalidField("name");
}

internal sealed class CreateApiChannelHandler(IFikoDb db, IMapper maps, IOptions<PublicUrlOptions> address, TimeProvider time)
    : IRequestHandler<CreateApiChannel, ChannelView>
{
    public async Task<ChannelView> Handle(CreateApiChannel create, CancellationToken ct)
    {
        create.By.MustAdminister();
        var key = $"fk_{NewSecret.Create()}";
        var channel = new ChannelAccount(create.By.WorkspaceId, ChannelName.Api, create.Name!.Trim(), null, null, time.Now());
        channel.SetKeyHash(Convert.ToHexStringLower(NewSecret.Hash(key)));
        db.Channels.Add(channel);
        await db.SaveChangesAsync(ct);
        return maps.View(channel, address.Value) with { Key = key };
    }
}
