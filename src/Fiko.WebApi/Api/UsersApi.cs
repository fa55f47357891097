using System.ComponentModel.DataAnnotations;
using Fiko.Application.Agents;
using Fiko.Application.Resources;
using Fiko.Domain.Agents;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Contract;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fiko.WebApi.Api;

/// <summary>The people of a workspace (rest.md, Users). All of them may look; owners and admins change.</summary>
internal static class UsersApi
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/users").RequireAuthorization().WithTags("Users");
        users.MapGet("/", ListAsync).WithName("listUsers").WithSummary("The people of the workspace");
        users.MapPost("/", CreateAsync).WithName("createUser").WithSummary("Take somebody in");
        users.MapGet("/{id:long}", GetAsync).WithName("getUser").WithSummary("One of them");
        users.MapPatch("/{id:long}", ChangeAsync).WithName("changeUser").WithSummary("Change somebody, or deactivate them");
        users.MapDelete("/{id:long}", RemoveAsync).WithName("removeUser").WithSummary("Take somebody out for good; what they wrote stays");
    }

    private static async Task<Ok<Page<AgentView>>> ListAsync(
        [AsParameters] PageQuery page,
        [FromQuery(Name = "role")] string? role,
        [FromQuery(Name = "is_active")] bool? isActive,
        [FromQuery(Name = "search")] string? search,
        HttpContext http,
        IMediator mediator,
        CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListAgents(http.Caller(), page.Paging, role, isActive, search), ct));

    private static async Task<Created<AgentView>> CreateAsync(CreateUserBody body, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        var created = await mediator.Send(new CreateAgent(http.Caller(), body.Email, body.Password, body.FirstName, body.LastName, body.Role), ct);
        return TypedResults.Created($"/api/v1/users/{created.Id}", created);
    }

    private static async Task<Ok<AgentView>> GetAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetAgent(http.Caller(), id), ct));

    [TakesHeader("If-Match")]
    private static async Task<Ok<AgentView>> ChangeAsync(long id, AgentPatch body, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ChangeAgent(http.Caller(), id, http.IfMatch(), body), ct));

    [TakesHeader("If-Match")]
    private static async Task<NoContent> RemoveAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new RemoveAgent(http.Caller(), id, http.IfMatch()), ct);
        return TypedResults.NoContent();
    }
}

/// <summary>What an administrator sends to take somebody in.</summary>
internal sealed record CreateUserBody([property: Required] string? Email, [property: Required] string? Password, string? FirstName, string? LastName, [property: NamesOf(typeof(Role))] string? Role)
{
    // A record prints its members; one of these is a secret.
    public override string ToString() => nameof(CreateUserBody);
}
