namespace Fiko.Domain.Shared;

/// <summary>Something that happened and can't un-happen. Holds references and small facts, never a message's text.</summary>
public interface IDomainEvent;
