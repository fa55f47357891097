using System.Text.RegularExpressions;
using Fiko.Application.Audit;
using Fiko.Application.Shared;
using Fiko.Domain.Tags;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fiko.Application.Tags;

/// <summary>An agent adds a tag to the workspace. Using one that does not exist adds it, too.</summary>
public sealed record CreateTag(Caller By, string? Name, string? Colour) : ICommand<long>, IAudited<long>
{
    public AuditNote? Audit(long result) => new("tag.created", $"tag_{result}");
}

internal sealed partial class CreateTagValidator : AbstractValidator<CreateTag>
{
    public CreateTagValidator()
    {
        RuleFor(t => t.Name).Must(TagBook.IsName).AsInvalidField("name");
        RuleFor(t => t.Colour).Must(c => c is null || IsColour(c)).AsInvalidField("colour");
    }

    public static bool IsColour(string? colour) => colour is not null && ColourForm().IsMatch(colour);

    [GeneratedRegex("^#[0-9A-Fa-f]{6}\\z")]
    private static partial Regex ColourForm();
}

internal sealed class CreateTagHandler(IFikoDb db, TimeProvider time) : IRequestHandler<CreateTag, long>
{
    public async Task<long> Handle(CreateTag create, CancellationToken ct)
    {
        var name = create.Name!.Trim();
        if (await db.Tags.AnyAsync(t => t.WorkspaceId == create.By.WorkspaceId && t.Name == name, ct))
        {
            throw TagViews.Taken();
        }

        var tag = new Tag(create.By.WorkspaceId, name, create.Colour?.ToLowerInvariant(), time.Now());
        db.Tags.Add(tag);
        await db.SaveChangesAsync(ct);
        return tag.Id;
    }
}
