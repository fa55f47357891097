namespace Fiko.Domain.Channels;

/// <summary>How long after a customer's last message a platform lets them be answered.</summary>
/// <param name="Free">With anything.</param>
/// <param name="ByAPerson">With what a person wrote; not shorter than <paramref name="Free"/>.</param>
public sealed record AnswerWindow(TimeSpan Free, TimeSpan ByAPerson);
