using Fiko.Application.Channels;
using Fiko.Application.Realtime;
using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using FluentValidation;
using MediatR;

namespace Fiko.Application.Presence;

/// <summary>An agent types in a chat, or stopped: the others see it, and the customer does where the platform can show it.</summary>
/// <param name="By">Who.</param>
/// <param name="Conversation">Where.</param>
/// <param name="IsTyping">As the client said.</param>
/// <param name="Tab">The socket it was said on.</param>
public sealed record SetTyping(Caller By, ConversationId Conversation, bool? IsTyping, Guid Tab) : IRequest<ServerFrame?>;

internal sealed class SetTypingValidator : AbstractValidator<SetTyping>
{
    public SetTypingValidator() => RuleFor(t => t.IsTyping).NotNull().AsInvalidField("is_typing");
}

internal sealed class SetTypingHandler(TypingBoard board, ITypingSignals platform) : IRequestHandler<SetTyping, ServerFrame?>
{
    public Task<ServerFrame?> Handle(SetTyping typing, CancellationToken ct)
    {
        if (typing.IsTyping is true)
        {
            board.Start(typing.By, typing.Conversation.Value, typing.Tab);
            platform.Typing(typing.Conversation.Value, isTyping: true);
        }
        else
        {
            board.Stop(typing.By, typing.Conversation.Value);
            platform.Typing(typing.Conversation.Value, isTyping: false);
        }

        return Task.FromResult<ServerFrame?>(null);
    }
}
