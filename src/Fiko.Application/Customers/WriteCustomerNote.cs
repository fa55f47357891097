using Fiko.Application.Audit;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Domain.Customers;
using Fiko.Domain.Shared;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>An agent writes something about a customer for colleagues.</summary>
public sealed record WriteCustomerNote(Caller By, long Customer, string? Text) : ICommand<CustomerNoteView>, IAudited<CustomerNoteView>
{
    public AuditNote? Audit(CustomerNoteView result) => CustomerNoteRules.Of("customer.note_written", Customer, result.Id);
}

/// <summary>An agent corrects a note of their own.</summary>
public sealed record EditCustomerNote(Caller By, long Customer, long Note, string? Text, int? IfMatch) : ICommand<CustomerNoteView>, IAudited<CustomerNoteView>
{
    public AuditNote? Audit(CustomerNoteView result) => CustomerNoteRules.Of("customer.note_edited", Customer, Note);
}

/// <summary>An agent takes back a note of their own; an administrator anybody's.</summary>
public sealed record RemoveCustomerNote(Caller By, long Customer, long Note) : ICommand<Unit>, IAudited<Unit>
{
    public AuditNote? Audit(Unit result) => CustomerNoteRules.Of("customer.note_removed", Customer, Note);
}

internal static class CustomerNoteRules
{
    public static AuditNote Of(string action, long customer, long note) => new(action, $"customer_{customer}", new Dictionary<string, object?> { ["note_id"] = note });

    public static void IsNoteText<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(t => t?.Trim() is { Length: > 0 and <= CustomerNote.LongestText }).AsInvalidField("text")
            .WithMessage($"{Rules.InvalidValue("text")}: it has 1 to {CustomerNote.LongestText} characters");
}

internal sealed class WriteCustomerNoteValidator : AbstractValidator<WriteCustomerNote>
{
    public WriteCustomerNoteValidator() => RuleFor(n => n.Text).IsNoteText();
}

internal sealed class EditCustomerNoteValidator : AbstractValidator<EditCustomerNote>
{
    public EditCustomerNoteValidator() => RuleFor(n => n.Text).IsNoteText();
}

internal sealed class WriteCustomerNoteHandler(IFikoDb db, TimeProvider time) : IRequestHandler<WriteCustomerNote, CustomerNoteView>
{
    public async Task<CustomerNoteView> Handle(WriteCustomerNote write, CancellationToken ct)
    {
        var customer = await db.Customers.GetAsync(write.Customer, write.By, ct);
        var note = new CustomerNote(customer, write.By.AgentId, write.Text!.Trim(), time.Now());
        db.CustomerNotes.Add(note);
        await db.TellOfCustomerAsync(customer, ct);
        await db.SaveChangesAsync(ct);
        return (await db.CustomerNotes.Where(n => n.Id == note.Id).LoadAsync(db, ct))[0];
    }
}

internal sealed class EditCustomerNoteHandler(IFikoDb db, TimeProvider time) : IRequestHandler<EditCustomerNote, CustomerNoteView>
{
    public async Task<CustomerNoteView> Handle(EditCustomerNote edit, CancellationToken ct)
    {
        var note = await db.GetNoteAsync(edit.By, edit.Customer, edit.Note, ct);
        if (note.AuthorId != edit.By.AgentId)
        {
            throw new RuleBrokenException("forbidden", "Only its author may edit a note");
        }

        Versions.MustMatch(edit.IfMatch, note.Version);
        if (note.Edit(edit.Text!.Trim(), time.Now()))
        {
            await db.TellOfCustomersAsync([note.CustomerId], ct);
            await db.SaveChangesAsync(ct);
        }

        return (await db.CustomerNotes.Where(n => n.Id == note.Id).LoadAsync(db, ct))[0];
    }
}

internal sealed class RemoveCustomerNoteHandler(IFikoDb db) : IRequestHandler<RemoveCustomerNote, Unit>
{
    public async Task<Unit> Handle(RemoveCustomerNote remove, CancellationToken ct)
    {
        var note = await db.GetNoteAsync(remove.By, remove.Customer, remove.Note, ct);
        if (note.AuthorId != remove.By.AgentId && !remove.By.MayAdminister)
        {
            throw new RuleBrokenException("forbidden", "Only its author or an administrator may remove a note");
        }

        db.CustomerNotes.Remove(note);
        await db.TellOfCustomersAsync([note.CustomerId], ct);
        await db.SaveChangesAsync(ct);
        return Unit.Value;
    }
}
