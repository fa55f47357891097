using System.Text.Json;
using System.Text.RegularExpressions;
using Fiko.Application.Audit;
using Fiko.Application.Resources;
using Fiko.Application.Shared;
using Fiko.Application.Tags;
using Fiko.Domain.Customers;
using Fiko.Domain.Tags;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Customers;

/// <summary>An agent knows more of a customer than the platform does, or knows better. It stays, whatever the platform says later.</summary>
public sealed record EditCustomer(Caller By, long Id, CustomerPatch Patch, int? IfMatch) : ICommand<EditedFields>, IAudited<EditedFields>
{
    public AuditNote? Audit(EditedFields result) =>
        result.Names.Count == 0 ? null : new("customer.edited", $"customer_{Id}", new Dictionary<string, object?> { ["fields"] = result.Names });
}

/// <summary>A JSON merge patch of a customer.</summary>
/// <param name="Attributes">A merge patch, too: null takes one away. Null instead of all takes all away.</param>
/// <param name="Tags">Names; one that nobody used before comes into being.</param>
/// <param name="Blocked">Whether their messages call nobody from now on.</param>
public sealed record CustomerPatch(
    Optional<string?> FirstName,
    Optional<string?> LastName,
    Optional<string?> Email,
    Optional<string?> PhoneNumber,
    Optional<string?> Description,
    Optional<IReadOnlyList<string?>?> Tags,
    Optional<IReadOnlyDictionary<string, JsonElement>?> Attributes,
    Optional<bool> Blocked);

/// <summary>The wire names of what changed.</summary>
public sealed record EditedFields(IReadOnlyList<string> Names);

internal sealed partial class EditCustomerValidator : AbstractValidator<EditCustomer>
{
    public EditCustomerValidator()
    {
        Bounded(p => p.FirstName, "first_name", Customer.LongestName);
        Bounded(p => p.LastName, "last_name", Customer.LongestName);
        Bounded(p => p.Description, "description", Customer.LongestDescription);
        RuleFor(e => e.Patch.Email.Value).Must(m => string.IsNullOrWhiteSpace(m) || (m.Trim().Length <= Customer.LongestEmail && EmailForm().IsMatch(m.Trim())))
            .AsInvalidField("email").WithMessage($"{Rules.InvalidValue("email")}: it must be an address of at most {Customer.LongestEmail} characters");
        RuleFor(e => e.Patch.PhoneNumber.Value).Must(p => string.IsNullOrWhiteSpace(p) || PhoneForm().IsMatch(PhoneNumbers.Plain(p)))
            .AsInvalidField("phone_number").WithMessage($"{Rules.InvalidValue("phone_number")}: it has at least 3 digits, and besides only + ( ) - . / and blanks");
        RuleFor(e => e.Patch.Tags.Value).Must(TagBook.AreWellNamed).AsInvalidField("tags")
            .WithMessage($"{Rules.InvalidValue("tags")}: names of 1 to {Tag.LongestName} characters");
    }

    private void Bounded(Func<CustomerPatch, Optional<string?>> field, string name, int longest) =>
        RuleFor(e => field(e.Patch).Value).MaximumLength(longest).AsInvalidField(name)
            .WithMessage($"{Rules.InvalidValue(name)}: it has at most {longest} characters");

    // What mail systems accept is wider than any pattern; this keeps out what is no address at all.
    [GeneratedRegex(@"^[^\s@]+@[^\s@]+\z")]
    private static partial Regex EmailForm();

    [GeneratedRegex(@"^(?=(?:\D*\d){3})[+]?[\d\s()./-]{3,31}\z")]
    private static partial Regex PhoneForm();
}

internal static class PhoneNumbers
{
    /// <summary>Persian and Arabic digits are the same numbers.</summary>
    public static string Plain(string typed) =>
        string.Concat(typed.Trim().Select(c => char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : c));
}

internal sealed class EditCustomerHandler(IFikoDb db, TagBook tags) : IRequestHandler<EditCustomer, EditedFields>
{
    public async Task<EditedFields> Handle(EditCustomer edit, CancellationToken ct)
    {
        var customer = await db.Customers.Include(c => c.Tags).GetAsync(edit.Id, edit.By, ct);
        Versions.MustMatch(edit.IfMatch, customer.Version);
        var patch = edit.Patch;
        var changed = customer.Edit(Patched(customer.Details, patch), named: patch.FirstName.IsSet || patch.LastName.IsSet);
        if (patch.Tags.IsSet && customer.Retag(await tags.ResolveAsync(edit.By, patch.Tags.Value ?? [], ct)))
        {
            changed.Add("tags");
        }

        if (changed.Count > 0)
        {
            await db.TellOfCustomerAsync(customer, ct);
        }

        await db.SaveChangesAsync(ct);
        return new EditedFields(changed);
    }

    private static CustomerDetails Patched(CustomerDetails now, CustomerPatch patch) => new(
        patch.FirstName.Or(now.FirstName)?.Trim() ?? "",
        patch.LastName.Or(now.LastName)?.Trim() ?? "",
        patch.Email.IsSet ? OrNull(patch.Email.Value) : now.Email,
        patch.PhoneNumber.IsSet ? OrNull(patch.PhoneNumber.Value) is { } typed ? PhoneNumbers.Plain(typed) : null : now.PhoneNumber,
        patch.Description.IsSet ? OrNull(patch.Description.Value) : now.Description,
        !patch.Attributes.IsSet ? now.Attributes
            : patch.Attributes.Value is { } attributes ? CustomerAttributes.Patch(now.Attributes, attributes) : CustomerAttributes.None,
        patch.Blocked.Or(now.Blocked));

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
