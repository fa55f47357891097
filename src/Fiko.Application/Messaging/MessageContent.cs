using FluentValidation;

namespace Fiko.Application.Messaging;

/// <summary>What an agent may write, whether new or edited (protocol.md, Limits).</summary>
internal static class MessageContent
{
    public static void AddRules<T>(AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, string?>> content, MessageOptions options, Func<T, bool>? mayBeEmpty = null)
    {
        validator.RuleFor(content).Must((message, c) => !string.IsNullOrWhiteSpace(c) || mayBeEmpty?.Invoke(message) is true)
            .WithErrorCode("message_empty").WithMessage("Message content cannot be empty").OverridePropertyName("content");
        validator.RuleFor(content).Must(c => c is null || Length(c.Trim()) <= options.MaxContentLength)
            .WithErrorCode("message_too_long").WithMessage("Message content is too long").OverridePropertyName("content");
    }

    // Characters are Unicode characters: an emoji is one, although it is two UTF-16 units.
    private static int Length(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            length++;
        }

        return length;
    }
}
