using System.Text.Json;
using Fiko.Domain.Conversations;

namespace Fiko.Domain.Customers;

/// <content>What becomes of a customer who is another one, or is to be forgotten.</content>
public sealed partial class Customer
{
    private const string Name = "name";
    private const string EmailField = "email";
    private const string PhoneField = "phone_number";
    private const string DescriptionField = "description";

    /// <summary>It is about to be erased: out of its workspace, where nobody finds it any more.</summary>
    public void Bury(long limbo) => (WorkspaceId, MergedInto, Version) = (limbo, null, Version + 1);

    /// <summary>All that was known of them is forgotten; the row stays a moment longer, as the mark that something is still to be done.</summary>
    public void Forget()
    {
        Call("", "", null);
        (Email, PhoneNumber, Description, AvatarId) = (null, null, null, null);
        (Attributes, Version) = (CustomerAttributes.None, Version + 1);
    }

    /// <summary>What the target has not, and this one has.</summary>
    internal IEnumerable<string> FieldsFor(Customer target)
    {
        (string Field, bool Taken)[] all =
        [
            (Name, target.FirstName.Length + target.LastName.Length == 0 && FirstName.Length + LastName.Length > 0),
            (EmailField, target.Email is null && Email is not null),
            (PhoneField, target.PhoneNumber is null && PhoneNumber is not null),
            (DescriptionField, target.Description is null && Description is not null),
        ];
        return all.Where(f => f.Taken).Select(f => f.Field);
    }

    internal void MergeInto(Customer target, MergedThings moved)
    {
        (MergedInto, Version) = (target.Id, Version + 1);
        target.Take(this, moved);
    }

    internal void PartFrom(Customer target, MergedThings moved)
    {
        (MergedInto, Version) = (null, Version + 1);
        target.GiveBack(this, moved);
    }

    /// <summary>When they last wrote follows from where.</summary>
    internal void WroteIn(IEnumerable<Conversation> conversations) =>
        LastActivityAt = conversations.Select(c => c.CustomerWroteAt).Append(CreatedAt).Max()!.Value;

    private void Take(Customer source, MergedThings moved)
    {
        var fields = moved.Fields;
        if (fields.Contains(Name))
        {
            Call(source.FirstName, source.LastName, Username);
        }

        Email = fields.Contains(EmailField) ? source.Email : Email;
        PhoneNumber = fields.Contains(PhoneField) ? source.PhoneNumber : PhoneNumber;
        Description = fields.Contains(DescriptionField) ? source.Description : Description;
        Attributes = CustomerAttributes.Patch(Attributes, source.Attributes.Where(a => moved.Attributes.Contains(a.Key)).ToDictionary());
        Retag([.. _tags.Select(t => t.TagId), .. moved.Tags]);
        Wrote(source.LastActivityAt);
        Version++;
    }

    private void GiveBack(Customer source, MergedThings moved)
    {
        var fields = moved.Fields;
        if (fields.Contains(Name) && !NamedByHand && (FirstName, LastName) == (source.FirstName, source.LastName))
        {
            Call("", "", Username);
        }

        Email = fields.Contains(EmailField) && Email == source.Email ? null : Email;
        PhoneNumber = fields.Contains(PhoneField) && PhoneNumber == source.PhoneNumber ? null : PhoneNumber;
        Description = fields.Contains(DescriptionField) && Description == source.Description ? null : Description;
        Attributes = Attributes.Where(a => !moved.Attributes.Contains(a.Key) || !IsOf(source, a)).ToDictionary();
        Retag([.. _tags.Select(t => t.TagId).Except(moved.Tags)]);
        Version++;
    }

    private static bool IsOf(Customer source, KeyValuePair<string, JsonElement> attribute) =>
        source.Attributes.TryGetValue(attribute.Key, out var value) && JsonElement.DeepEquals(value, attribute.Value);
}
