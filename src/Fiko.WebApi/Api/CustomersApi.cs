using System.ComponentModel.DataAnnotations;
using Fiko.Application.Customers;
using Fiko.Application.Resources;
using Fiko.Infrastructure.Auth;
using Fiko.WebApi.Contract;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fiko.WebApi.Api;

/// <summary>Customers over REST (rest.md, Customers).</summary>
internal static class CustomersApi
{
    public static void MapCustomers(this IEndpointRouteBuilder routes)
    {
        var customers = routes.MapGroup("/customers").WithTags("Customers").RequireAuthorization();
        customers.MapGet("/", ListAsync).WithName("listCustomers").WithSummary("A page of the customers who match");
        customers.MapGet("/export", ExportAsync).WithName("exportCustomers").WithSummary("All customers who match, as CSV");
        customers.MapPost("/bulk", ChangeManyAsync).WithName("changeManyCustomers").WithSummary("Tag, untag or erase many customers");
        customers.MapGet("/{id:long}", GetAsync).WithName("getCustomer").WithSummary("One customer, with conversations and addresses");
        customers.MapPatch("/{id:long}", EditAsync).WithName("editCustomer").WithSummary("Change what is known of a customer");
        customers.MapDelete("/{id:long}", EraseAsync).WithName("eraseCustomer").WithSummary("Erase a customer and all that was said, for good");
        customers.MapPost("/{id:long}/merge", MergeAsync).WithName("mergeCustomer").WithSummary("Make one customer of two");
        customers.MapGet("/{id:long}/merges", ListMergesAsync).WithName("listCustomerMerges").WithSummary("What was merged with a customer");
        customers.MapPost("/merges/{id:long}/undo", UndoMergeAsync).WithName("undoCustomerMerge").WithSummary("Make two customers of one again");
        customers.MapGet("/{id:long}/notes", ListNotesAsync).WithName("listCustomerNotes").WithSummary("What colleagues wrote about a customer");
        customers.MapPost("/{id:long}/notes", WriteNoteAsync).WithName("writeCustomerNote").WithSummary("Write a note about a customer");
        customers.MapPatch("/{id:long}/notes/{note:long}", EditNoteAsync).WithName("editCustomerNote").WithSummary("Correct a note of your own");
        customers.MapDelete("/{id:long}/notes/{note:long}", RemoveNoteAsync).WithName("removeCustomerNote").WithSummary("Remove a note");
    }

    [EndpointSummary("The workspace's customers")]
    private static async Task<Ok<Page<CustomerView>>> ListAsync(
        [AsParameters] CustomerQuery query, [AsParameters] PageQuery page, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListCustomers(http.Caller(), query.Filters, page.Paging), ct));

    [Streams(CustomersCsv.ContentType)]
    [EndpointName("exportCustomers")]
    [EndpointSummary("All customers that match, as CSV")]
    private static async Task ExportAsync([AsParameters] CustomerQuery query, HttpContext http, IMediator mediator, CancellationToken ct) =>
        await CustomersCsv.WriteAsync(http.Response, after => mediator.Send(new ExportCustomers(http.Caller(), query.Filters, after), ct), ct);

    [EndpointName("changeCustomers")]
    [EndpointSummary("Tag or erase many customers at once")]
    private static async Task<Ok<CustomerBulkCounts>> ChangeManyAsync(CustomerBulkBody body, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ChangeManyCustomers(http.Caller(), body.Ids, body.Filters, body.Action, body.Tags), ct));

    [EndpointSummary("One customer, with conversations and counts")]
    private static async Task<Ok<CustomerDetail>> GetAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetCustomer(http.Caller(), id), ct));

    [EndpointSummary("Change what people know of a customer")]
    [TakesHeader("If-Match")]
    private static async Task<Ok<CustomerDetail>> EditAsync(long id, CustomerPatch patch, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new EditCustomer(http.Caller(), id, patch, http.IfMatch()), ct);
        return await GetAsync(id, http, mediator, ct);
    }

    [EndpointSummary("Erase a customer, with conversations, messages and files")]
    private static async Task<NoContent> EraseAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new EraseCustomer(http.Caller(), id), ct);
        return TypedResults.NoContent();
    }

    [EndpointSummary("Make two customers one")]
    private static async Task<Ok<CustomerMergeView>> MergeAsync(long id, CustomerMergeBody body, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new MergeCustomers(http.Caller(), id, body.Into), ct));

    [EndpointSummary("The merges into a customer")]
    private static async Task<Ok<Page<CustomerMergeView>>> ListMergesAsync(
        long id, [AsParameters] PageQuery page, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListMerges(http.Caller(), id, page.Paging), ct));

    [EndpointName("undoMerge")]
    [EndpointSummary("Take a merge apart again")]
    private static async Task<Ok<CustomerMergeView>> UndoMergeAsync(long id, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new UndoMerge(http.Caller(), id), ct));

    [EndpointSummary("Internal notes on a customer")]
    private static async Task<Ok<Page<CustomerNoteView>>> ListNotesAsync(
        long id, [AsParameters] PageQuery page, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListCustomerNotes(http.Caller(), id, page.Paging), ct));

    [EndpointSummary("Write an internal note on a customer")]
    private static async Task<Created<CustomerNoteView>> WriteNoteAsync(long id, CustomerNoteBody body, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Created((string?)null, await mediator.Send(new WriteCustomerNote(http.Caller(), id, body.Text), ct));

    [EndpointSummary("Change an own note")]
    [TakesHeader("If-Match")]
    private static async Task<Ok<CustomerNoteView>> EditNoteAsync(
        long id, long note, CustomerNoteBody body, HttpContext http, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new EditCustomerNote(http.Caller(), id, note, body.Text, http.IfMatch()), ct));

    [EndpointSummary("Remove a note")]
    private static async Task<NoContent> RemoveNoteAsync(long id, long note, HttpContext http, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(new RemoveCustomerNote(http.Caller(), id, note), ct);
        return TypedResults.NoContent();
    }
}

/// <summary>Who is one with whom.</summary>
internal sealed record CustomerMergeBody([property: Required] long? Into);

/// <summary>What a colleague should know.</summary>
internal sealed record CustomerNoteBody([property: Required] string? Text);

/// <summary>Who is meant, by ids or filters, and what is done to them.</summary>
internal sealed record CustomerBulkBody(IReadOnlyList<long>? Ids, CustomerFilters? Filters, [property: Required] string? Action, IReadOnlyList<string?>? Tags);
