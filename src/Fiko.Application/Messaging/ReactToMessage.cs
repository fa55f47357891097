using Fiko.Application.Audit;
using Fiko.Application.Channels;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Messaging;

/// <summary>An agent puts an emoji on a message of either side, or takes it back (null), on the platform first. Everybody hears of it as message_reaction.</summary>
public sealed record ReactToMessage(Caller By, ConversationId Conversation, string? Message, string? Emoji) : IRequest<ServerFrame?>;

internal sealed class ReactToMessageValidator : AbstractValidator<ReactToMessage>
{
    // The longest emoji there are: families and flags of several parts.
    private const int LongestEmoji = 40;

    public ReactToMessageValidator()
    {
        RuleFor(m => m.Message).Must(id => MessageId.TryParse(id, out _)).AsInvalidField("message_id");
        RuleFor(m => m.Emoji).Must(emoji => emoji is null || (emoji.Length is > 0 and <= LongestEmoji && !emoji.Any(char.IsWhiteSpace))).AsInvalidField("emoji");
    }
}

internal sealed class ReactToMessageHandler(SentMessages messages, IMediator mediator) : IRequestHandler<ReactToMessage, ServerFrame?>
{
    public async Task<ServerFrame?> Handle(ReactToMessage react, CancellationToken ct)
    {
        var message = await messages.FindAnyAsync(react.By, react.Conversation, react.Message, ct);
        if (message is { Status: not null, IsSent: false })
        {
            throw SentMessages.Refused("it was not sent");
        }

        // A message of several parts is one to us: the emoji goes on the first.
        var first = message with { Parts = [.. message.Parts.Take(1)] };
        await messages.ChangeAsync<IReactsToMessages>(
            first, "this platform takes no reactions", (channel, account, part) => channel.ReactAsync(account, part, react.Emoji, ct));
        await mediator.Send(new RecordReaction(react.By, message.Id, react.Emoji), CancellationToken.None);
        return null;
    }
}

/// <summary>The platform shows it; now everybody here does.</summary>
internal sealed record RecordReaction(Caller By, long MessageId, string? Emoji) : ICommand<Unit>, IAudited<Unit>
{
    public AuditNote? Audit(Unit result) => new("message.reacted", new MessageId(MessageId).ToString());
}

internal sealed class RecordReactionHandler(IFikoDb db) : IRequestHandler<RecordReaction, Unit>
{
    public async Task<Unit> Handle(RecordReaction reaction, CancellationToken ct)
    {
        var message = await db.Messages.Include(m => m.Conversation).SingleAsync(m => m.Id == reaction.MessageId, ct);
        message.Conversation.React(message, reaction.Emoji, reaction.By.AgentId);
        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
